"""No network and no pickle: shown by an audit hook, without a network at all, and in the source."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.helpers import figures
from tests.helpers.pictures import quadrants
from tests.helpers.tiny_model import make_tiny_model

ROOT = Path(__file__).resolve().parents[2]

# Runs the command line as a person would, and writes down what Python's audit events tell.
AUDITED = """
import contextlib, io, json, os, sys, time
seen = []
def hook(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "pickle.")):
        seen.append([event, repr(arguments)])
sys.addaudithook(hook)
from desktop_app import cli
album, out, image = sys.argv[1:4]
common = ["--model", "tiny"]
codes = {}
for words in (
    ["index", album, *common],
    ["elbow", album, *common],
    ["groups", album, "--k", "3", *common],
    ["neighbors", image, "--in", album, *common],
    ["evaluate", album, *common],
    *(["export", album, "--k", "3", "--output", f"{out}/t.{end}", *common] for end in ("csv", "json", "npz", "html")),
    ["organize", album, "--k", "3", "--to", f"{out}/sorted", "--action", "move", "--yes", *common],
    ["undo", "--list"],
    ["undo"],
    ["models", "list"],
    ["models", "check", "tiny"],
    ["models", "add", f"{out}/added"],
    ["models", "remove", "added"],
    ["cache", "info"],
    ["doctor"],
):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = cli.main(words)
    codes[" ".join([words[0], *words[-1:]])] = [code, printed.getvalue()[-300:]]
time.sleep(float(sys.argv[4]))  # what a library does behind our back, it does after a while
print(json.dumps({"seen": seen, "codes": codes}))
"""


@pytest.fixture
def command(kindred_home: Path, tmp_path: Path) -> list[str]:
    album, out = tmp_path / "album", tmp_path / "out"
    out.mkdir()
    for label in ("bright", "dark"):
        (album / label).mkdir(parents=True)
        for number in range(5):
            picture = quadrants(60 + 9 * number, 50)
            if label == "dark":
                picture = Image.eval(picture, lambda value: value // 3)
            picture.save(album / label / f"{number}.{('jpg', 'png', 'webp', 'tif')[number % 4]}")
    make_tiny_model(kindred_home / "models" / "tiny")
    make_tiny_model(out / "added", seed=5)
    return [sys.executable, "-c", AUDITED, str(album), str(out), str(album / "bright" / "0.jpg")]


def works(*command: str) -> list[str]:
    """The command, where it is allowed here, else nothing."""
    if shutil.which(command[0]) is None or subprocess.run([*command, "true"], capture_output=True).returncode:
        return []
    return list(command)


def test_every_command_works_without_a_network_and_asks_for_none(
    command: list[str], tmp_path: Path, nightly: bool
) -> None:
    command.append("30" if nightly else "4")
    log = tmp_path / "calls"
    cut_off = works("unshare", "-rn")
    watched = works(*cut_off, "strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=socket", "-o", str(log))
    quiet = {"ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI", "GITHUB_ACTIONS"}  # they keep onnxruntime silent
    environment = {name: value for name, value in os.environ.items() if name not in quiet}
    done = subprocess.run(
        [*(watched or cut_off), *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {words: code for words, (code, _) in told["codes"].items() if code != 0} == {}, told["codes"]
    sockets = re.findall(r".*(?:AF_INET|AF_PACKET).*", log.read_text()) if watched else []
    figures.count("network calls and pickles, all commands", len(told["seen"]) + len(sockets))
    figures.note("commands run without any network", "yes" if cut_off else "no: unshare is not allowed here")
    figures.note("sockets of C libraries watched", "yes" if watched else "no: strace is not allowed here")
    assert told["seen"] == []
    assert sockets == []


def test_no_source_file_reads_pickles() -> None:
    found = []
    for path in [*ROOT.glob("desktop_app/**/*.py"), *ROOT.glob("training/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
            options: dict[str | None, object] = {}
            if isinstance(node, ast.Call):
                options = {word.arg: getattr(word.value, "value", "computed") for word in node.keywords}
            loads = isinstance(node, ast.Call) and ast.unparse(node.func) == "torch.load"
            if (
                {name.partition(".")[0] for name in names} & {"pickle", "shelve", "marshal", "dill", "joblib"}
                or options.get("allow_pickle", False) is not False
                or (loads and options.get("weights_only") is not True)
            ):
                found.append(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
    assert found == []
