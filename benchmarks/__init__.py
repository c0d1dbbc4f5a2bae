"""What is measured, with the raw figures of the last run."""
