"""File names as text that is safe to print, to log and to show."""

from __future__ import annotations

import os
import unicodedata

# Directional controls can make "gpj.exe" read "exe.jpg".
_DIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def display_path(path: str | bytes | os.PathLike[str]) -> str:
    """Give a path in a printable form: control characters, text direction marks and bytes that are no text escaped.

    The result is for eyes only; it does not lead back to the file.
    """
    text = os.fsdecode(path)
    return text if text.isascii() and text.isprintable() else "".join(_escape(character) for character in text)


def _escape(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":  # os.fsdecode keeps the byte 0xNN, which is no UTF-8, as U+DCNN
        code = ord(character)
        return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
    if category in ("Cc", "Zl", "Zp") or character in _DIRECTIONAL:
        code = ord(character)
        return _NAMED.get(character) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
    return character
