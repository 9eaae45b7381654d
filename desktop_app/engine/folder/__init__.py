"""What a folder holds: the photos found in it, and the files that belong to each."""
