"""The laboratory: trains, exports and measures the models that the program ships."""
