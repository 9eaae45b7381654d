"""What runs in the background, and what follows from it."""
