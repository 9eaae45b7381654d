"""What can be done with one file: copy, move, link, and take back."""
