"""Everyday words for a model: `words.onnx` beside it, which reads embeddings, learned from what a teacher says."""

from __future__ import annotations

from .learn import teach_words

__all__ = ["teach_words"]
