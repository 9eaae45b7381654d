"""Photos that are there more than once: the same file again, or nearly the same picture."""
