"""From the bytes of a file to a picture, whatever the file holds."""
