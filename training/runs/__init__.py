"""A run on the disk: checkpoints, its record, what it begins with."""
