"""What can be done with one file: copy, move, link, and remove again what copying and linking made."""
