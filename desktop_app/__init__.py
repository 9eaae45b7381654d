"""Kindred, the desktop program: an engine without Qt and two faces over it."""
