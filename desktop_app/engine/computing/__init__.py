"""Where work is done: which cores there are, threads over them, and processes of our own that can be killed."""
