"""Every call to the file system, and what file systems do differently."""
