"""The window: views over the results of the engine."""
