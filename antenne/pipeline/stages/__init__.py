"""The stages of a video's way to the air; flow.py alone knows their order."""
