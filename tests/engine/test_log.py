"""The log is kept where it can be, tells no paths unless asked to, and never disturbs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.engine import log, paths
from tests.helpers.disks import full_disk

_engine = logging.getLogger("desktop_app.engine.somewhere")


def test_what_is_logged_stands_in_the_file_until_the_end() -> None:
    end = log.keep("test")
    _engine.info("told")
    _engine.debug("not told")
    end()
    _engine.info("too late")
    text = (paths.log_dir() / "test.log").read_text(encoding="utf-8")
    assert "INFO desktop_app.engine.somewhere: told" in text
    assert "not told" not in text
    assert "too late" not in text


def test_paths_are_told_where_the_environment_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDRED_LOG", "debug")
    end = log.keep("test")
    _engine.debug("%s", os.fsdecode(b"odd \xff name"))
    end()
    assert "odd \\udcff name" in (paths.log_dir() / "test.log").read_text(encoding="utf-8")


def test_an_unknown_wish_is_the_usual_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDRED_LOG", "everything")
    end = log.keep("test")
    _engine.info("told")
    end()
    assert "told" in (paths.log_dir() / "test.log").read_text(encoding="utf-8")


_WARNS = """
import logging
from desktop_app.engine import log
end = log.keep("test")
logging.getLogger("desktop_app.engine.somewhere").warning("careful")
end()
"""


def warn() -> str:
    """What a program that logs a warning prints."""
    done = subprocess.run([sys.executable, "-c", _WARNS], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_without_a_folder_for_it_there_is_no_log_and_no_noise(kindred_home: Path) -> None:
    (kindred_home / "logs").write_text("in the way", encoding="utf-8")
    assert warn() == ""


def test_a_program_that_keeps_no_log_is_told_nothing() -> None:
    code = (
        "import logging; from desktop_app.engine import job\n"
        "logging.getLogger('desktop_app.engine.somewhere').warning('careful')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


@pytest.mark.root
def test_on_a_full_disk_there_is_no_noise(kindred_home: Path) -> None:
    with full_disk(kindred_home / "logs"):
        assert warn() == ""
