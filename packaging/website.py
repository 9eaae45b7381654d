"""Builds the site out of the papers: `python packaging/website.py OUT`, with the extra `site` installed.

Nothing is fetched while it is built, and nothing from another host when it is read. A dead link is an error.
The papers lie where a reader of the repository looks for them, in `docs/` and beside what they tell of. Here each
gets its place in the site, links among them are turned to these places, and pages of reference join them.

Not called `site`: beside others on the path it would stand before Python's own module of that name.
"""

from __future__ import annotations

import argparse
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import reference

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "packaging" / "mkdocs.yml"

ELSEWHERE = {
    "README.md": "index.md",
    "docs/index.md": "papers.md",
    "findings/README.md": "findings.md",
    "packaging/README.md": "packaging.md",
    "training/RESULTS.md": "figures.md",
}
"""Papers that stand in another place in the site than in `docs`."""
FETCHED = {
    ("audio", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("image", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("input", "src"),
    ("link", "href"),
    ("object", "data"),
    ("script", "src"),
    ("source", "src"),
    ("source", "srcset"),
    ("use", "href"),
    ("video", "poster"),
    ("video", "src"),
}
"""Attributes whose address a browser fetches by itself."""
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<=\]\()([^)\s]+)(?=\))")
_IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


def places() -> dict[str, str]:
    """Path in the repository -> place in the site, of every paper."""
    papers = {f"docs/{path.name}": path.name for path in sorted((ROOT / "docs").glob("*.md"))}
    return papers | ELSEWHERE


def pages() -> dict[str, str]:
    """Place in the site -> Markdown, of every page."""
    texts = {place: turned((ROOT / path).read_text("utf-8"), path) for path, place in places().items()}
    return texts | reference.pages()


def attachments() -> dict[str, Path]:
    """Place in the site -> file, of what papers link to outside of `docs` that is no paper: measured tables."""
    found = {}
    for paper in places():
        for target in _links((ROOT / paper).read_text("utf-8")):
            path = _resolved(target, paper)
            if path and path not in places() and not path.startswith("docs/") and (ROOT / path).is_file():
                found[path] = ROOT / path
    return found


def turned(text: str, paper: str) -> str:
    """The text of a paper with its links as they must be where it stands in the site.

    Args:
        text: Markdown.
        paper: its path in the repository.
    """

    def turn(match: re.Match[str]) -> str:
        path, (_, mark, anchor) = _resolved(match[1], paper), match[1].partition("#")
        if not path:
            return match[1]
        place = places().get(path, path.removeprefix("docs/"))
        return posixpath.relpath(place, posixpath.dirname(places()[paper]) or ".") + mark + anchor

    return "".join(part if part.startswith("```") else _LINK.sub(turn, part) for part in _FENCE.split(text))


def _links(text: str) -> list[str]:
    return _LINK.findall(_FENCE.sub("", text))


def _resolved(target: str, paper: str) -> str:
    """Path in the repository of what a paper links to; empty for other hosts and for places in the paper itself."""
    address = urlsplit(target)
    if address.scheme or address.netloc or not address.path:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(paper), address.path))


class _Page(HTMLParser):
    """What a built page names and needs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self._in_style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        self.fetched += _fetched_by_style(given.get("style", ""))
        self.names |= {given[name] for name in ("id", "name") if given.get(name)}
        for name, value in given.items():
            if (tag, name) in FETCHED and given.get("rel") != "canonical":
                parts = value.split(",") if name == "srcset" else [value]
                self.fetched += [part.split()[0] for part in parts if part.strip()]
            elif (tag, name) == ("a", "href"):
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.fetched += _fetched_by_style(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False


def _fetched_by_style(text: str) -> list[str]:
    return [first or second for first, second in _IN_STYLE.findall(text)]


def faults(site: Path) -> Iterator[str]:
    """What is wrong with a built site: links that lead nowhere, and whatever would be fetched from another host.

    Args:
        site: its folder.
    """
    built = {path: _Page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in built.items():
        told = path.relative_to(site).as_posix()
        for target in page.fetched:
            if _foreign(target):
                yield f"{told}: fetches {target}"
        # The page for unknown addresses is shown at any of them, so its own links begin at the root.
        if path.name != "404.html":
            links = [link for link in [*page.links, *page.fetched] if not _foreign(link)]
            yield from (f"{told}: nothing at {link}" for link in links if not _leads(link, path, built))
    for path in sorted(site.rglob("*.css")):
        fetched = filter(_foreign, _fetched_by_style(path.read_text("utf-8")))
        yield from (f"{path.relative_to(site).as_posix()}: fetches {target}" for target in fetched)


def _foreign(target: str) -> bool:
    address = urlsplit(target)
    return bool(address.netloc or (address.scheme and address.scheme != "data"))


def _leads(link: str, page: Path, built: dict[Path, _Page]) -> bool:
    address = urlsplit(link)
    if address.scheme == "data":
        return True
    target = Path(os.path.normpath(page.parent / unquote(address.path))) if address.path else page
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    anchor = unquote(address.fragment)
    return not anchor or target not in built or anchor in built[target].names


def build(out: Path) -> int:
    """Write the site into a new or empty folder and look it over; returns the exit code, having said what is wrong."""
    # mkdocs empties the folder first, whatever is in it.
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        print(f"{out} holds something already. Name a new folder, or empty this one.", file=sys.stderr)
        return 2
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(CONFIG), "-d", str(out)]
    # Material for MkDocs would speak of its successor among the warnings; `pyproject.toml` does.
    code = subprocess.run(command, check=False, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}).returncode
    found = list(faults(out)) if code == 0 else []
    for fault in found:
        print(fault, file=sys.stderr)
    return code or (1 if found else 0)


def main() -> int:
    """Build where the command line says."""
    parser = argparse.ArgumentParser(description="Build the site.")
    parser.add_argument("out", type=Path, help="folder for the site, new or empty")
    return build(parser.parse_args().out.absolute())


if __name__ == "__main__":
    sys.exit(main())
