"""Where a bundled Kindred begins. Its own child processes begin here, too; `cli.entry` tells them apart."""

import os
import sys

# The bundle's libraries are found through this variable. Programs of the system that Kindred opens (a file manager, a
# picture viewer) want the system's own, or they may not start.
if sys.platform == "linux" and "LD_LIBRARY_PATH" in os.environ:
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        del os.environ["LD_LIBRARY_PATH"]

from desktop_app.cli import main

sys.exit(main())
