"""Media, uploads and events on an asynchronous server without Django."""
