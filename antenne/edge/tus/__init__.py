"""Resumable uploads, tus 1.0.0: the bytes are on the disk before an offset is acknowledged."""
