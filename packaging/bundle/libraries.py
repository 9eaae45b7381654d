"""The libraries in the bundle that are no Python packages: who made them, under which licence, and where the source is.

Wheels carry them along, and so does the machine that builds. One that is not listed here ends the build, so that none
goes out without its licence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"


@dataclass(frozen=True, slots=True)
class Library:
    """A library.

    Attributes:
        title: what it is called.
        licence: SPDX expression.
        source: where its source is.
    """

    title: str
    licence: str
    source: str


QT = Library("Qt", "LGPL-3.0-only", "https://download.qt.io/official_releases/qt/")
LIBRARIES = {
    r"(lib)?Qt6\w*|(lib)?q(?!uadmath|t-)[\w-]+|lib(compose|ibus)platforminputcontextplugin": QT,
    r"lib(adwaita|bradient|dmabuf-server|drm-egl-server|shm-emulation-server|vulkan-server|qt-plugin-wayland-egl)": QT,
    r"lib(fullscreen-shell-v1|ivi-shell|qt-shell|wl-shell-plugin|xdg-shell)": QT,
    r"libpyside6\S*|libshiboken6\S*|pyside6\S*|shiboken6\S*": Library(
        "Qt for Python", "LGPL-3.0-only", "https://download.qt.io/official_releases/QtForPython/"
    ),
    r"libicu(data|i18n|uc)": Library("ICU", "Unicode-3.0", "https://github.com/unicode-org/icu"),
    r"(lib)?python\S*": Library("Python", "PSF-2.0", "https://www.python.org/downloads/source/"),
    r"lib(crypto|ssl)\S*": Library("OpenSSL", "Apache-2.0", "https://github.com/openssl/openssl"),
    r"(lib)?sqlite3\S*": Library("SQLite", "blessing", "https://www.sqlite.org/download.html"),
    r"libffi\S*": Library("libffi", "MIT", "https://github.com/libffi/libffi"),
    r"libbz2\S*": Library("bzip2", "bzip2-1.0.6", "https://sourceware.org/bzip2/"),
    r"liblzma\S*": Library("XZ Utils", "0BSD", "https://github.com/tukaani-project/xz"),
    r"libuuid": Library("libuuid", "BSD-3-Clause", "https://github.com/util-linux/util-linux"),
    r"libxkbcommon(-x11)?": Library("libxkbcommon", "MIT", "https://github.com/xkbcommon/libxkbcommon"),
    r"libxcb\S*|libXau\S*": Library("XCB", "MIT", "https://gitlab.freedesktop.org/xorg/lib"),
    r"libscipy_openblas\S*": Library("OpenBLAS", "BSD-3-Clause", "https://github.com/OpenMathLib/OpenBLAS"),
    r"libz\.\S*": Library("zlib-ng", "Zlib", "https://github.com/zlib-ng/zlib-ng"),
    r"libexpat\S*": Library("Expat", "MIT", "https://github.com/libexpat/libexpat"),
    r"libmpdec\S*": Library("mpdecimal", "BSD-2-Clause", "https://www.bytereef.org/mpdecimal/"),
    r"libomp\S*": Library("LLVM OpenMP", "Apache-2.0 WITH LLVM-exception", "https://github.com/llvm/llvm-project"),
    r"opengl32sw": Library("Mesa", "MIT", "https://gitlab.freedesktop.org/mesa/mesa"),
    r"libgfortran\S*": Library("libgfortran", GCC, "https://gcc.gnu.org/"),
    r"libgcc_s\S*|libstdc\+\+\S*": Library("GCC's own libraries", GCC, "https://gcc.gnu.org/"),
    r"libwinpthread\S*": Library("winpthreads", "MIT AND BSD-3-Clause", "https://www.mingw-w64.org/"),
    r"libgomp\S*": Library("libgomp", GCC, "https://gcc.gnu.org/"),
    r"libquadmath\S*": Library("libquadmath", "LGPL-2.1-or-later", "https://gcc.gnu.org/"),
    r"libheif\S*": Library("libheif", "LGPL-3.0-or-later", "https://github.com/strukturag/libheif"),
    r"libde265\S*": Library("libde265", "LGPL-3.0-or-later", "https://github.com/strukturag/libde265"),
    r"(lib)?raw_r\S*": Library("LibRaw", "LGPL-2.1-only OR CDDL-1.0", "https://github.com/LibRaw/LibRaw"),
    r"libjasper\S*": Library("JasPer", "JasPer-2.0", "https://github.com/jasper-software/jasper"),
    r"libjpeg\S*": Library("libjpeg-turbo", "IJG AND BSD-3-Clause", "https://github.com/libjpeg-turbo/libjpeg-turbo"),
    r"liblcms2\S*": Library("Little CMS", "MIT", "https://github.com/mm2/Little-CMS"),
    r"libavif\S*": Library("libavif", "BSD-2-Clause", "https://github.com/AOMediaCodec/libavif"),
    r"libbrotli\S*": Library("Brotli", "MIT", "https://github.com/google/brotli"),
    r"libfreetype\S*": Library("FreeType", "FTL", "https://gitlab.freedesktop.org/freetype/freetype"),
    r"libharfbuzz\S*": Library("HarfBuzz", "MIT-Modern-Variant", "https://github.com/harfbuzz/harfbuzz"),
    r"libopenjp2\S*": Library("OpenJPEG", "BSD-2-Clause", "https://github.com/uclouvain/openjpeg"),
    r"libpng16\S*": Library("libpng", "libpng-2.0", "https://github.com/pnggroup/libpng"),
    r"libtiff\S*": Library("LibTIFF", "libtiff", "https://gitlab.com/libtiff/libtiff"),
    r"lib(webp|webpdemux|webpmux|sharpyuv)\S*": Library(
        "WebP", "BSD-3-Clause", "https://chromium.googlesource.com/webm/libwebp"
    ),
    r"libzstd\S*": Library("Zstandard", "BSD-3-Clause", "https://github.com/facebook/zstd"),
    r"libonnxruntime\S*|onnxruntime\S*": Library("ONNX Runtime", "MIT", "https://github.com/microsoft/onnxruntime"),
    r"(ms)?vc(p|runtime|omp|amp|corlib)\S*|concrt\S*|api-ms-win\S*|ucrtbase|d3dcompiler\S*": Library(
        "Microsoft C runtime",
        "LicenseRef-Microsoft-Visual-Cpp-Runtime",
        "https://visualstudio.microsoft.com/license-terms/",
    ),
}


def library(name: str) -> Library | None:
    """What the library file ``name`` is; None for one that is not known."""
    stem = re.sub(r"\.(so|dylib|dll|pyd).*$", "", name)
    stem = re.sub(r"(\.abi3|\.cpython-\S+)$", "", stem)
    return next((about for pattern, about in LIBRARIES.items() if re.fullmatch(pattern, stem, re.IGNORECASE)), None)
