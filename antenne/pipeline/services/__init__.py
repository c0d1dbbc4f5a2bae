"""Writes of the pipeline that no single stage owns."""
