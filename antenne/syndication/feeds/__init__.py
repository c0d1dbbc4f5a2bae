"""One list of videos in the forms that readers, portals and players understand."""
