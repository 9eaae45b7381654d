"""What is remembered between runs; expendable."""
