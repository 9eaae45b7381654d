"""The page on which copies are looked at and let go."""
