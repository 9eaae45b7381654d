"""What stays out of the bundle, and what must not. PyInstaller finds what could be imported; this corrects it.

Found by writing down what is imported while `smoke.py` does its jobs. A module that is missed ends one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]
"""Of PyInstaller's lists: place in the bundle, file it comes from, kind."""

NEEDED_MODULES = (  # looked up by name, which nobody sees beforehand; all of Kindred's own are taken, too
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
)

# pyqtgraph does not begin without the two, 10 MB of them, though nothing here is drawn by OpenGL.
STAND_INS = ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets")
"""Modules whose place files of `stand_ins/` take."""

UNUSED_PACKAGES = frozenset({"contourpy", "markdown-it-py", "mdurl", "pygments"})
"""Packages that others name as needed for what Kindred never asks of them: contour lines, colored source texts."""

EXCLUDED_MODULES = (
    "kindred_training",  # the laboratory, and torch with it
    "torch",
    "tkinter",  # matplotlib draws into files here, never into a window
    "IPython",
    "pytest",
    "setuptools",
    "pkg_resources",
    "pip",
    "lib2to3",
    "pydoc_data",
    "readline",  # Python's own prompt
    "curses",
    "sklearn.datasets",
    "sklearn.gaussian_process",
    "scipy.cluster",
    "scipy.signal",
    "matplotlib.pyplot",
    "matplotlib._qhull",  # triangles, asked for as contour lines are
    "matplotlib._tri",
    "narwhals._arrow",  # of tables that other programs make
    "narwhals._dask",
    "narwhals._duckdb",
    "narwhals._ibis",
    "narwhals._pandas_like",
    "narwhals._polars",
    "narwhals._spark_like",
    "numpy._core._multiarray_tests",
    "PIL.ImageTk",
    "PIL._imagingtk",
    "PySide6.QtNetwork",  # nothing is sent anywhere
    "PySide6.QtTest",
    "pyqtgraph.console",
    "pyqtgraph.dockarea",
    "pyqtgraph.examples",
    "pyqtgraph.exporters",
    "pyqtgraph.flowchart",
    "pyqtgraph.opengl",
    "rich.markdown",
    "rich.syntax",
    "rich.traceback",
    "matplotlib.backends.backend_qtagg",
    "matplotlib.backends.backend_qt",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "onnxruntime.quantization",
)

# Libraries of a Linux system that come along, since systems lack them or have other versions. All others, such as
# glibc, OpenGL, X11, GLib and GTK, have to be the system's: its drivers and themes are loaded into the same process.
_FROM_SYSTEM = re.compile(
    r"lib(python3|crypto|ssl|sqlite3|ffi|bz2|lzma|uuid|xkbcommon|xkbcommon-x11"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util))[.0-9]*\.so"
)
_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")

_UNUSED = (
    # Of Qt: drawing without a window system, databases, networks; dialogs of its tools in all languages.
    r"PySide6/(Qt/)?plugins/(designer|egldeviceintegrations|generic|networkinformation|tls|sqldrivers)/",
    r"PySide6/Qt/plugins/platforms/libq(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\.so",
    r"PySide6/(Qt/)?translations/(?!qtbase_)",
    r"(PySide6/Qt/lib/)?libQt6(EglFSDeviceIntegration|EglFsKmsSupport|Network|OpenGLWidgets|Test)\.so",
    # Photos are decoded by Kindred's own worker; Qt reads its icons and what is dragged from a browser.
    r"PySide6/(Qt/)?plugins/imageformats/(lib)?q(icns|tga|tiff|wbmp|webp)\.",
    r"pyqtgraph/icons/peegee/",  # its own sign
    # Of matplotlib: sample data, and fonts but the one that charts are written in.
    r"matplotlib/mpl-data/(sample_data|images)/",
    r"matplotlib/mpl-data/fonts/(afm|pdfcorefonts)/",
    r"matplotlib/mpl-data/fonts/ttf/(?!DejaVuSans\.ttf|DejaVuSans-Bold\.ttf|LastResort)",
    r"sklearn/datasets/",
    r"(^|/)tests?/",
    r"\.(c|cpp|h|pxd|pxi|pyi|pyx|tp|build)$",  # what libraries were made of
    r"\.dist-info/sboms/",  # of what builds the package, half a megabyte each
    r"\.ts$",  # translations before they are compiled
    r"\.dist-info/(RECORD|REQUESTED|INSTALLER|direct_url\.json)$",  # of the building machine, and differ on each
    r"(^|/)(_?tcl|_?tk)",
    r"onnxruntime/capi/libonnxruntime_providers_(cuda|tensorrt)",
)
_CATALOG = re.compile(r"translations/qtbase_(\w+)\.qm$")


def wanted(entries: Iterable[Entry], languages: Iterable[str]) -> list[Entry]:
    """The entries that belong into the bundle of a program that speaks these languages (ISO 639-1 codes)."""
    unused = re.compile("|".join(_UNUSED))
    spoken = set(languages)

    def is_wanted(entry: Entry) -> bool:
        place = _posix(entry[0])
        catalog = _CATALOG.search(place)  # of Qt's own dialogs
        if catalog and catalog[1].partition("_")[0] not in spoken:
            return False
        return not unused.search(place) and not _is_systems(entry[1])

    return [entry for entry in entries if is_wanted(entry)]


def _posix(place: str) -> str:
    return PurePath(place).as_posix()


def _is_systems(source: str) -> bool:
    return source.startswith(_SYSTEM_FOLDERS) and not _FROM_SYSTEM.match(PurePath(source).name)
