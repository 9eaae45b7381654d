"""The engine: folder -> photos -> embeddings -> projection, clustering -> plan -> files. No Qt, no torch."""
