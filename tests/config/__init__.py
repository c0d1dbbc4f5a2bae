"""Tests of settings and addresses."""
