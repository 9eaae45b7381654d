"""Jigsaw puzzles of photos: which permutations to ask for, how tiles are cut, and what solves them."""
