"""Everyday words for a model: `words.onnx` beside it, which reads embeddings, learned from what a teacher says."""
