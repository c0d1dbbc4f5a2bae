"""What a person has watched."""
