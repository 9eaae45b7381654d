"""What organizing would do, worked out before anything is touched."""
