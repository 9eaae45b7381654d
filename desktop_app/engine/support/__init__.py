"""What helps when something went wrong: reports that name nothing of a person's."""
