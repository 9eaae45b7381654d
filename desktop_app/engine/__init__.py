"""The engine: folder -> photos -> embeddings -> projection, clustering -> plan -> files. No Qt, no torch."""

import logging
import os

# Since 1.29 onnxruntime tells Microsoft about models and machine unless this is set before it is first imported.
# Kindred speaks to nobody.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# Without any handler Python prints warnings to the terminal, which belongs to the faces; `log.keep` adds a real one.
logging.getLogger("desktop_app").addHandler(logging.NullHandler())
