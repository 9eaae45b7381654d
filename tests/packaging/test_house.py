"""The figures of a made-up house, counted by hand."""

from __future__ import annotations

import subprocess
import textwrap
from pathlib import Path

import house
import pytest

ROOT = Path(__file__).resolve().parents[2]

FILES = {
    "desktop_app/__init__.py": "",
    "desktop_app/engine/__init__.py": '"""Two lines\nof docstring."""\n',
    "desktop_app/engine/one.py": """
        # a comment
        from desktop_app.engine import two
        from desktop_app.engine.deep import inner  # noqa: F401
        import os


        def short() -> None:
            '''Says something.'''
            x = "# no comment"
        """,
    "desktop_app/engine/two.py": """
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from desktop_app.engine.one import short
        else:
            import desktop_app.engine.deep.inner


        def long() -> None:
            from ..engine import one  # a comment behind a line

            return


        class Thing:
            size = 3
            '''Of an attribute.'''

            def method(self) -> None:
                pass
        """,
    "desktop_app/engine/deep/__init__.py": "",
    "desktop_app/engine/deep/inner.py": "from desktop_app.engine.deep.other import thing\n" + "x = 1\n" * 400,
    "desktop_app/engine/deep/other.py": "thing = 1\n",
    "tests/test_all.py": "from desktop_app.engine import one\n\n\ndef test() -> None: ...\n",
    ".venv/lib/module.py": "import everything\n",
    "build/desktop_app/engine/one.py": "import everything\n",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).removeprefix("\n"), encoding="utf-8")
    return tmp_path


def test_files_lines_and_shares_are_counted(tree: Path) -> None:
    figures = house.shape(tree).figures
    lines = 2 + 9 + 20 + 401 + 1
    assert figures["files"] == "7"
    assert figures["lines"] == str(lines)
    assert figures["largest folder"] == "3 (desktop_app/engine/deep)"
    assert figures["comment lines"] == f"{100 * 2 / lines:.1f} %"
    assert figures["comment lines in desktop_app/engine/organize"] == "none"
    assert figures["docstring lines"] == f"{100 * 4 / lines:.1f} %"
    assert figures["files above 400 lines"] == "1"
    assert (figures["tests: files"], figures["tests: lines"]) == ("1", "4")
    assert (figures["function length, 95 of 100 below"], figures["function length, longest"]) == ("4", "4")


def test_arrows_circles_and_rooms_are_told(tree: Path) -> None:
    found = house.shape(tree)
    # one -> two, one -> inner, two -> one, two -> inner, inner -> other
    assert found.figures["arrows between files"] == "5"
    assert found.rooms == {"desktop_app/engine": "3 / 4", "desktop_app/engine/deep": "2 / 1"}
    circle = "desktop_app/engine/one.py, desktop_app/engine/two.py"
    when = "    desktop_app/engine/two.py -> desktop_app/engine/one.py (inside a function)"
    assert found.lists["circles of files"] == [f"{circle}\n{when}"]
    assert found.lists["files above 400 lines"] == ["desktop_app/engine/deep/inner.py 401"]
    assert found.lists["longest function"] == ["desktop_app/engine/two.py:9 long"]


def test_circles_are_largest_first_and_apart() -> None:
    pairs = ["ab", "bc", "ca", "cd", "de", "ed", "ef"]
    assert house.circles(dict.fromkeys(pairs, "")) == [["a", "b", "c"], ["d", "e"]]


def test_the_percentile_is_a_length_that_there_is() -> None:
    assert house.percentile(range(1, 101), 0.95) == 95
    assert house.percentile([7], 0.95) == 7
    assert house.percentile([], 0.95) == 0


def test_a_commit_stands_beside_what_is_there_now(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-C", str(tree), "-c", "user.name=x", "-c", "user.email=x@localhost"]
    for words in (["init", "-q"], ["add", "desktop_app"], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    (tree / "desktop_app" / "more.py").write_text("from desktop_app.engine import one, two\n")
    assert house.main([str(tree), "--against", "HEAD"]) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.split() == ["HEAD", "here"]
    at = heading.index("HEAD")
    rows = {line[:at].strip(): line[at:].split() for line in lines}
    assert rows["files"] == ["7", "8"]
    assert rows["arrows between files"] == ["5", "7"]
    assert rows["tests: files"] == ["0", "1"]


def test_an_unknown_commit_is_refused(tree: Path) -> None:
    subprocess.run(["git", "-C", str(tree), "init", "-q"], check=True)
    assert house.main([str(tree), "--against", "nothing"]) == 2


@pytest.fixture(scope="module")
def here() -> list[house.File]:
    """Every file of this house."""
    return house.read(ROOT)


def test_in_this_house_no_file_needs_one_that_needs_it(here: list[house.File]) -> None:
    assert house.circles(house.arrows(here)) == []


def test_in_this_house_tests_borrow_from_helpers_only(here: list[house.File]) -> None:
    files = [file for file in here if file.path.parts[0] == "tests"]
    borrowed = {(str(file.path), name) for file in files for name, _ in file.imports if name.startswith("tests.")}
    assert [pair for pair in sorted(borrowed) if not pair[1].startswith("tests.helpers")] == []
    told = (ROOT / "tests" / "helpers" / "__init__.py").read_text(encoding="utf-8")
    helpers = [file.path.stem for file in files if file.path.is_relative_to("tests/helpers")]
    assert [name for name in helpers if name != "__init__" and f"`{name}`" not in told] == []
