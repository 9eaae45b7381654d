"""Names stay readable, and nothing in them can steer a terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.wording import display_path


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("plain name.jpg", "plain name.jpg"),
        ("Übersicht 写真 👨‍👩‍👧 ❤️.jpg", "Übersicht 写真 👨‍👩‍👧 ❤️.jpg"),
        ("Screenshot 10.15\u202fAM.png", "Screenshot 10.15\u202fAM.png"),
        ("two\nlines\tand\rmore", "two\\nlines\\tand\\rmore"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("exe\u202egpj.jpg", "exe\\u202egpj.jpg"),
        ("a\x7fb\x85c\u2028d", "a\\x7fb\\x85c\\u2028d"),
        (b"caf\xe9.jpg", "caf\\xe9.jpg"),
        ("lone \ud800 surrogate", "lone \\ud800 surrogate"),
        (Path("-rf"), "-rf"),
    ],
)
def test_names(name, wanted):
    if isinstance(name, bytes) and os.name == "nt":
        pytest.skip("file names are text on Windows")
    assert display_path(name) == wanted


@given(st.text(st.characters()))
def test_whatever_the_name_the_result_can_be_printed(name):
    shown = display_path(name)
    shown.encode("utf-8")
    assert not any(character < " " or character == "\x7f" for character in shown)
