"""Clustering: one file per method."""
