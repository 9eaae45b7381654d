"""The command line where Kindred has no place of its own, or settings that cannot be followed."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from desktop_app.cli import entry as cli
from desktop_app.engine import paths
from tests.helpers.tiny_model import make_tiny_model

if sys.platform == "win32":
    pytest.skip("rights of POSIX", allow_module_level=True)

HOMES = ("foreign", "read-only", "missing", "a file", "no rights below")
READING = (
    "index IN", "elbow IN", "groups IN --k 2", "neighbors IN/a.png --in IN", "organize IN --to OUT --dry-run --k 1",
    "export IN --k 1 --output OUT.csv", "models list", "models show photos", "cache info",
)  # fmt: skip


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, color in (("a", "red"), ("b", "blue")):
        Image.new("RGB", (64, 48), color).save(folder / f"{name}.png")
    return folder


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A home that cannot be used; root's rights over other people's files are taken away in `as_ordinary_user`."""
    place = tmp_path / "home"
    place.mkdir()
    if request.param == "missing":
        place.chmod(0o500)
        yield place / "nobody"
    elif request.param == "a file":
        (place / "file").touch()
        yield place / "file"
    elif request.param == "no rights below":
        for below in ("share/kindred/journals", "share/kindred/models"):
            (place / ".local" / below).mkdir(parents=True)
            (place / ".local" / below).chmod(0o500)
        for below in (".cache", ".config"):
            (place / below / "kindred").mkdir(parents=True)
            (place / below / "kindred").chmod(0o500)
        yield place
    else:
        place.chmod(0 if request.param == "foreign" else 0o500)
        yield place
    place.chmod(0o700)


SCRIPT = """
import contextlib, io, json, sys, traceback
from desktop_app.cli import entry

answers = []
for words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = entry.main(words)
        except BaseException:
            code = None
            traceback.print_exc()
    answers.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(answers))
"""


class Answer(NamedTuple):
    code: int | None  # None for a traceback
    out: str
    err: str


def as_ordinary_user(lines: Sequence[str], home: Path, album: Path) -> list[tuple[str, Answer]]:
    """Run commands of the command line, one after the other, as somebody whose rights count."""
    out = album.parent / "out"
    commands = [[word.replace("IN", str(album)).replace("OUT", str(out)) for word in line.split()] for line in lines]
    program = [sys.executable, "-c", SCRIPT, json.dumps(commands)]
    if os.getuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv is not installed")
        less = "-dac_override,-dac_read_search,-fowner"
        program = ["setpriv", f"--bounding-set={less}", f"--inh-caps={less}", *program]
    spared = ("KINDRED_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    environment = {name: value for name, value in os.environ.items() if name not in spared}
    environment["HOME"] = str(home)
    done = subprocess.run(
        program, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers = [Answer(*answer) for answer in json.loads(done.stdout)]
    assert [(line, answer.err) for line, answer in zip(lines, answers, strict=True) if answer.code is None] == []
    return list(zip(lines, answers, strict=True))


def test_without_a_home_what_only_reads_goes_on_and_says_so_once(home: Path, album: Path) -> None:
    for line, answer in as_ordinary_user(READING, home, album):
        assert answer.code == 0, (line, answer.err)
        assert len(answer.err.splitlines()) == 1, (line, answer.err)
        assert "Kindred works without a memory" in answer.err
        assert "KINDRED_HOME names another place" in answer.err
        assert str(home) in answer.err


def test_without_a_home_what_needs_the_record_refuses_before_it_begins(home: Path, album: Path) -> None:
    refused = ("organize IN --to OUT --yes --k 1", "organize IN --to OUT --yes --k 1 --json", "undo", "undo --json")
    for line, answer in as_ordinary_user(refused, home, album):
        assert answer.code == 2, (line, answer.err)
        assert len(answer.err.splitlines()) == 1, (line, answer.err)
        assert "No file is touched without a record" in answer.err
        assert "KINDRED_HOME" in answer.err
        assert str(home) in answer.err
        if "--json" in line:
            assert json.loads(answer.out)["error"]["code"] == "no-record"
    assert not (album.parent / "out").exists()


def test_without_a_home_the_rest_ends_in_a_sentence(home: Path, album: Path) -> None:
    model = make_tiny_model(album.parent / "tiny")
    endings = {"doctor --json": {1}, "undo --list": {0, 2}, "cache clear": {0}, "models remove x": {4}}
    endings[f"models add {model}"] = {4}
    endings["settings set model photos-simclr"] = {1}
    answers = as_ordinary_user(list(endings), home, album)
    for line, answer in answers:
        assert answer.code in endings[line], (line, answer)
    assert f"The folder {home}" in answers[-1][1].err  # the last line, about the settings
    assert "KINDRED_HOME names another place" in answers[-1][1].err.splitlines()[-1]
    wrong = {one["name"]: one["text"] for one in json.loads(answers[0][1].out)["findings"] if not one["ok"]}
    assert set(wrong) == {"cache", "journals"}
    assert all(str(home) in text and "KINDRED_HOME" in text for text in wrong.values())


def test_a_user_without_any_home_gets_no_folder_called_tilde(
    album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(_uid: int) -> pwd.struct_passwd:
        raise KeyError("uid not found")

    for name in ("HOME", "KINDRED_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["index", str(album)]) == 0
    assert "There is no home folder for this user. KINDRED_HOME" in capsys.readouterr().err
    assert cli.main(["undo"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    assert paths.refusal(paths.config_dir())


@pytest.mark.parametrize(
    ("content", "said"),
    [("theme = 3\n", "theme"), ("colour = 'red'\n", "colour"), ("theme = \n", "line 1"), (None, "cannot be read")],
)
def test_settings_that_cannot_be_followed_are_named(content: str | None, said: str, album: Path) -> None:
    home = album.parent / "home"
    file = home / ".config" / "kindred" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(content or 'theme = "dark"\n')
    if content is None:
        file.chmod(0)
    needing = (*(line for line in READING if line != "cache info"), "organize IN --to OUT --yes")
    for line, answer in as_ordinary_user(needing, home, album):
        assert answer.code == 2, (line, answer.err)
        assert len(answer.err.splitlines()) == 1, (line, answer.err)
        assert str(file) in answer.err
        assert said in answer.err
    working = dict(as_ordinary_user(("cache info", "undo --json", "doctor"), home, album))
    assert working["cache info"].code == 0
    assert json.loads(working["undo --json"].out)["error"]["code"] == "nothing-to-undo"
    assert working["doctor"].code == 1
    assert str(file) in working["doctor"].out
