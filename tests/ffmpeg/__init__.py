"""What is understood of media files, and what is made of them."""
