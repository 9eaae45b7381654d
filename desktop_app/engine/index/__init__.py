"""From a folder to embeddings: what is new is read and run through the model."""
