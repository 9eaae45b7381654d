"""An album that Kindred draws itself, for a first look."""
