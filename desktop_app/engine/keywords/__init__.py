"""Groups as keywords in the XMP sidecars beside photos, for whoever sorts with another program's tags.

`sidecars` knows which file is whose, `packet` and `merge` what is in one and how it changes, `plan` says what would be
written, and `run` does it, takes it back and settles what a crash cut off, each file by way of `swap`.
"""
