"""What stays out of the bundle, and what must not. PyInstaller finds what could be imported; this corrects it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]
"""Of PyInstaller's lists: place in the bundle, file it comes from, kind."""

NEEDED_MODULES = (  # looked up by name, which nobody sees beforehand; all of Kindred's own are taken, too
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "PySide6.QtOpenGL",  # pyqtgraph does not begin without the two, though nothing is drawn with them
    "PySide6.QtOpenGLWidgets",
)

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
    "PySide6.QtNetwork",  # nothing is sent anywhere
    "PySide6.QtTest",
    "pyqtgraph.opengl",
    "pyqtgraph.examples",
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
    r"PySide6/Qt/plugins/(egldeviceintegrations|generic|networkinformation|tls|sqldrivers)/",
    r"PySide6/Qt/plugins/platforms/libq(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\.so",
    r"PySide6/Qt/translations/(?!qtbase_)",
    r"(PySide6/Qt/lib/)?libQt6(EglFSDeviceIntegration|EglFsKmsSupport|Network|Test)\.so",
    # Of matplotlib: sample data, and fonts but the one that charts are written in.
    r"matplotlib/mpl-data/(sample_data|images)/",
    r"matplotlib/mpl-data/fonts/(afm|pdfcorefonts)/",
    r"matplotlib/mpl-data/fonts/ttf/(?!DejaVuSans\.ttf|DejaVuSans-Bold\.ttf|LastResort)",
    r"(^|/)tests?/",
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
