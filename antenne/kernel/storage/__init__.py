"""Where objects are kept: one interface over a local folder and S3-compatible buckets."""
