"""From a run to a model that ships, and back."""
