"""The site: it builds without a warning, has every page, leads nowhere wrong and fetches nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import reference
import website

from desktop_app.cli.entry import build_parser
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.library import Library
from desktop_app.engine.strict import declared

NEEDED = ("mkdocs", "material", "mkdocstrings")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
built = pytest.mark.skipif(bool(MISSING), reason=f'pip install -e ".[site]": {", ".join(MISSING)} is not there')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    assert website.build(out) == 0
    return out


@built
def test_it_builds_without_a_warning_and_has_every_page(site: Path) -> None:
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.html")} == {
        "404.html",
        *(place.replace(".md", ".html") for place in website.pages()),
    }
    assert list(website.faults(site)) == []


@built
def test_a_warning_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """A page that the navigation leaves out stands for all that mkdocs warns of."""
    text = website.CONFIG.read_text("utf-8").replace("      - Privacy: privacy.md\n", "")
    text = text.replace("../docs", str(website.ROOT / "docs")).replace("[..]", f"[{website.ROOT}]")
    text = text.replace("website_hooks.py", str(website.ROOT / "packaging" / "website_hooks.py"))
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(website, "CONFIG", tmp_path / "mkdocs.yml")
    assert website.build(tmp_path / "site") != 0
    assert "privacy.md" in capfd.readouterr().err


@built
def test_pictures_and_measured_tables_come_with_it(site: Path) -> None:
    assert {path.name for path in (site / "images").iterdir()} == {
        path.name for path in (website.ROOT / "docs" / "images").iterdir()
    }
    assert (site / "training" / "results" / "folders.json").is_file()


@built
def test_the_engine_is_described_from_its_docstrings(site: Path) -> None:
    page = (site / "reference" / "engine.html").read_text("utf-8")
    for name in (name for name in vars(Library) if not name.startswith("_")):
        assert f'id="desktop_app.engine.library.Library.{name}"' in page
    assert "folder-missing" in page
    assert 'id="desktop_app.engine.library.Library._take"' not in page


@built
def test_no_list_and_no_table_is_read_as_a_paragraph(site: Path) -> None:
    """What GitHub takes for a list or a table must be one here, too: it asks for less room around them."""
    for path in site.rglob("*.html"):
        text = re.sub(r"<(pre|code|script)\b.*?</\1>", "", path.read_text("utf-8"), flags=re.DOTALL)
        for paragraph in re.findall(r"<p>(.*?)</p>", text, re.DOTALL):
            assert not re.search(r"^\s*(?:[-*]|\d+\.) |^\s*\|", paragraph, re.MULTILINE), f"{path.name}: {paragraph}"


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"mine")
    assert website.build(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]
    assert str(tmp_path) in capsys.readouterr().err


def test_the_page_of_commands_has_every_option() -> None:
    page = reference.commands()
    for name, parser in reference.parsers(build_parser()):
        _, heading, rest = page.partition(f"## `{name}`\n")
        assert heading, name
        told = rest.partition("\n## ")[0]
        for action in parser._actions:
            if action.option_strings and action.dest != "help":
                assert f"| `{', '.join(action.option_strings)}" in told, f"{name} {action.dest}"


def test_the_page_of_methods_has_every_parameter() -> None:
    page = reference.methods()
    for method in CLUSTERERS.values():
        told = page.partition(f"## {method.title}\n")[2].partition("\n## ")[0]
        for one in declared(method.params):
            # The last cell is what the docstring says of it.
            assert re.search(
                rf"^\| `{one.name}` \| {str(one.default).lower()} \| .+ \| \w.+ \|$", told, re.MULTILINE
            ), one.name


@pytest.mark.parametrize(
    ("paper", "written", "turned"),
    [
        ("README.md", "[a](docs/safety.md)", "[a](safety.md)"),
        ("README.md", "![a](docs/images/window.png)", "![a](images/window.png)"),
        ("docs/index.md", "[a](../README.md)", "[a](index.md)"),
        ("docs/results.md", "[a](../training/RESULTS.md#here)", "[a](figures.md#here)"),
        ("docs/results.md", "[a](#here)", "[a](#here)"),
        ("training/RESULTS.md", "[a](results/folders.json)", "[a](training/results/folders.json)"),
        ("findings/README.md", "[a](https://example.org/docs/safety.md)", "[a](https://example.org/docs/safety.md)"),
        ("README.md", "```sh\n[a](docs/safety.md)\n```", "```sh\n[a](docs/safety.md)\n```"),
    ],
)
def test_links_lead_to_where_papers_stand_in_the_site(paper: str, written: str, turned: str) -> None:
    assert website.turned(written, paper) == turned


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ('<a href="other.html">x</a>', None),
        ('<a href="other.html#there">x</a>', None),
        ('<a href="#here">x</a><p id="here">', None),
        ('<a href="https://example.org/">x</a>', None),
        ('<img src="data:image/png;base64,AA==">', None),
        ('<a href="gone.html">x</a>', "nothing at gone.html"),
        ('<a href="other.html#gone">x</a>', "nothing at other.html#gone"),
        ('<a href="#gone">x</a>', "nothing at #gone"),
        ('<img src="gone.png">', "nothing at gone.png"),
        ('<script src="https://example.org/a.js"></script>', "fetches https://example.org/a.js"),
        ('<script src="//example.org/a.js"></script>', "fetches //example.org/a.js"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "fetches https://example.org/a.css"),
        ('<link rel="preconnect" href="https://example.org">', "fetches https://example.org"),
        ('<img srcset="other.html 1x, https://example.org/b.png 2x">', "fetches https://example.org/b.png"),
        ('<style>@import "https://example.org/a.css";</style>', "fetches https://example.org/a.css"),
        ('<p style="background: url(https://example.org/a.png)">', "fetches https://example.org/a.png"),
    ],
)
def test_what_is_wrong_with_a_page_is_found(tmp_path: Path, markup: str, fault: str | None) -> None:
    (tmp_path / "page.html").write_text(markup)
    (tmp_path / "other.html").write_text('<p id="there">')
    assert list(website.faults(tmp_path)) == ([f"page.html: {fault}"] if fault else [])


@pytest.mark.parametrize(
    "rule", ["@font-face { src: url('https://example.org/a.woff2') }", '@import "//example.org/a"']
)
def test_a_font_from_another_host_is_found(tmp_path: Path, rule: str) -> None:
    (tmp_path / "style.css").write_text(rule)
    assert [fault.split(":")[0] for fault in website.faults(tmp_path)] == ["style.css"]
