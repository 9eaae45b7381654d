"""A report helps whoever reads it, and says nothing of a person."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from desktop_app.engine import log, paths
from desktop_app.engine import settings as person
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.support import redact, report
from tests.helpers.tiny_model import make_tiny_model

_engine = logging.getLogger("desktop_app.engine.somewhere")


def text_of(file: Path) -> str:
    report.save(file)
    return file.read_text(encoding="utf-8")


NAMES = st.text(st.characters(exclude_characters="/\0\r\n", exclude_categories=["Cs"]), min_size=3, max_size=60) | (
    st.from_regex(r"(IMG_|DSC |)[0-9]{3,8}( \([0-9]\))?(\.[a-z]{3}){0,2}", fullmatch=True)
)
WAYS: tuple[Callable[[str, str], None], ...] = (
    lambda folder, photo: _engine.debug("%s", UserError("odd", f"{folder}/{photo} cannot be read.", f"Mend {photo}.")),
    lambda folder, photo: _engine.warning("%s", Path(folder, photo)),
    lambda folder, photo: _engine.warning(f"{folder} {photo}"),
    lambda folder, photo: _engine.info("run %s: from %s to %s", "r", folder, photo),
    lambda folder, photo: _engine.info("run %s: %s of %d photos, %d files", photo, folder, 3, 4),
    lambda folder, photo: _engine.warning("the cache could not be used: %s", f"[Errno 28] {folder}: {photo}"),
    lambda folder, photo: _engine.info("model %s added", photo),
    lambda folder, photo: _fail(lambda: Path(folder, photo).read_bytes()),
    lambda folder, photo: _fail(lambda: {}[folder, photo]),
    lambda folder, photo: _fail(lambda: exec(compile("1 / 0", f"/{folder}/{photo}", "exec"))),
)


def _fail(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:  # noqa: BLE001 - whatever it is
        _engine.exception("unexpected")


@cache
def with_other_names(way: Callable[[str, str], None]) -> str:
    """The same report about two names that no person gives: what it tells is the program's own."""
    return with_names("\ue000\ue001\ue000", "\ue001\ue000\ue001", way)


def with_names(folder: str, photo: str, way: Callable[[str, str], None]) -> str:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as home:
        patch.setenv("KINDRED_HOME", home)
        patch.setenv("KINDRED_LOG", "debug")
        patch.setattr(paths, "shipped_models_dir", lambda: Path(home, "none"))  # to check them takes a second
        person.save(replace(person.Settings(), model=photo[:64], exclude=(folder, f"*/{photo}")))
        end = log.keep("window")
        _engine.info("scan: %d photos, %d problems, %d left out", 97531, 0, 0)
        way(folder, photo)
        end()
        told = text_of(Path(home) / "report.txt")
    assert "scan: 97531 photos, 0 problems" in told
    # The day and the figures of the log's own lines are none of the person's.
    lines = [line for line in told.splitlines() if "scan: " not in line]
    return "\n".join(line.partition(" desktop_app.")[2] or line for line in lines)


@settings(max_examples=40)
@given(folder=NAMES, photo=NAMES, way=st.sampled_from(WAYS))
@example(folder="Strand 2019", photo="desktop_app.engine", way=WAYS[0])
@example(folder="2019", photo="20190714_123456.jpg", way=WAYS[4])
@example(folder="Oma ❤ Opa", photo="IMG 1234 (2).tar.gz", way=WAYS[7])
def test_no_name_that_stood_in_log_or_settings_stands_in_a_report(
    folder: str, photo: str, way: Callable[[str, str], None]
) -> None:
    usual = with_other_names(way)
    assume(folder not in usual and photo not in usual)
    # A name that is letter for letter one of the program's own words cannot be told from it, and stays.
    assume(redact.own(folder) != folder and redact.own(photo) != photo)
    told = with_names(folder, photo, way)
    assert folder not in told
    assert photo not in told


def test_a_report_tells_what_helps(tmp_path: Path) -> None:
    end = log.keep("window")
    _engine.warning("refused: %s", "folder-missing")
    _fail(lambda: (paths.log_dir() / "nowhere").read_bytes())
    end()
    person.save(replace(person.Settings(), theme="dark", method="gmm", exclude=("*.gif",)))
    told = text_of(tmp_path / "report.txt")
    for part in (
        "onnxruntime ", "PySide6-Essentials 6.", "CPUExecutionProvider", "theme = dark, changed", "method = gmm",
        "exclude = 1 of a person's own", "WARNING desktop_app.engine.somewhere: refused: folder-missing",
        "FileNotFoundError: [Errno 2] No such file or directory", "ok  settings",
    ):  # fmt: skip
        assert part in told


def test_models_of_a_person_are_not_named(kindred_home: Path, tmp_path: Path) -> None:
    make_tiny_model(kindred_home / "models" / "anna-wedding")
    shutil.copytree(kindred_home / "models" / "anna-wedding", kindred_home / "models" / "summer-strand")
    person.save(replace(person.Settings(), model="anna-wedding"))
    told = text_of(tmp_path / "report.txt")
    assert "anna-wedding" not in told
    assert "summer-strand" not in told
    assert "ok  model […]" in told


def test_settings_that_cannot_be_followed_are_told_by_their_code(kindred_home: Path, tmp_path: Path) -> None:
    (kindred_home / "config").mkdir()
    (kindred_home / "config" / "settings.toml").write_text('mother = "Anna"\n', encoding="utf-8")
    told = text_of(tmp_path / "report.txt")
    assert "cannot be followed: settings-invalid" in told
    assert "mother" not in told


def test_what_cannot_be_found_out_does_not_stand_in_the_way_of_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnxruntime

    monkeypatch.delattr(onnxruntime, "get_available_providers")
    told = text_of(tmp_path / "report.txt")
    assert "not known: AttributeError" in told
    assert "theme = system" in told


def test_no_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="stays as it is"):
        report.save(file)
    assert file.read_text(encoding="utf-8") == "mine"
    with pytest.raises(UserError, match="could not be written"):
        report.save(tmp_path / "nowhere" / "report.txt")


def failed(work: Callable[[], object]) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        work()
    return caught.value


def test_a_crash_report_lies_beside_the_log_and_says_where_it_was(tmp_path: Path) -> None:
    missing = tmp_path / "Oma ❤ Opa.jpg"
    file = report.save_crash(failed(lambda: person.declaration("Opa")))
    assert file is not None
    assert file.parent == paths.log_dir()
    told = file.read_text(encoding="utf-8")
    assert 'File "desktop_app/engine/settings.py"' in told
    assert "in declaration" in told
    assert "desktop_app.engine.errors.UsageError: […]" in told
    assert "Opa" not in told
    file.unlink()
    file = report.save_crash(failed(missing.read_bytes))
    assert file is not None
    told = file.read_text(encoding="utf-8")
    assert "FileNotFoundError: [Errno 2] No such file or directory\n" in told
    assert "Opa" not in told


def test_only_the_newest_crash_reports_are_kept_and_nothing_else_is_touched() -> None:
    folder = paths.log_dir()
    old = [folder / f"crash-2020-01-01-0000{number:02}.txt" for number in range(25)]
    for file in (*old, folder / "crash.log"):
        file.write_text("before", encoding="utf-8")
    new = report.save_crash(ZeroDivisionError())
    assert new is not None
    assert sorted(folder.glob("crash-*.txt")) == [*old[-19:], new]
    assert (folder / "crash.log").exists()


def test_where_no_report_can_be_written_that_is_said(kindred_home: Path) -> None:
    (kindred_home / "logs").write_text("in the way", encoding="utf-8")
    assert report.save_crash(ZeroDivisionError()) is None
    assert report.crash_said(None) == "No report of it could be written."
