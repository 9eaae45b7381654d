"""The networks that turn pictures into numbers: their cards, where they stand, how they are run."""
