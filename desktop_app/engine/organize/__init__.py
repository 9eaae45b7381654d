"""From groups to folders: a plan that touches nothing, its application under a journal, undo and recovery."""
