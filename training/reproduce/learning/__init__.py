"""Rows that compare ways to learn without labels, on one set of photos."""
