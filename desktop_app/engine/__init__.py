"""The engine: folder -> photos -> embeddings -> projection, clustering -> plan -> files. No Qt, no torch."""

import os

# Since 1.29 onnxruntime tells Microsoft about models and machine unless this is set before it is first imported.
# Kindred speaks to nobody.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
