"""Gathers the texts of the program into the catalogs of its languages, and compiles them: needs nothing but PySide6.

    python packaging/languages.py            # after texts changed, and after a translation was edited
    python packaging/languages.py --check    # says what is not translated yet, and changes nothing

Translators open ``desktop_app/gui/languages/kindred_de.ts`` with Qt Linguist, which comes with PySide6
(``pyside6-linguist``). A new language begins as ``python packaging/languages.py --new fr``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "desktop_app" / "gui" / "languages"


def gather(catalog: Path, language: str, root: Path = ROOT) -> None:
    """Bring the texts of all source files into ``catalog`` (.ts); translations that are there stay.

    Texts that are gone leave it. Places of texts are left out, so that a catalog changes only when texts do.
    """
    sources = sorted(str(file.relative_to(root)) for file in (root / "desktop_app").rglob("*.py"))
    with tempfile.NamedTemporaryFile("w", suffix=".lst", delete=False) as listed:
        listed.write("\n".join(sources))
    try:
        _qt(
            "lupdate", f"@{listed.name}", "-no-obsolete", "-locations", "none", "-source-language", "en",
            "-target-language", language, "-tr-function-alias", "QT_TR_NOOP+=tr_noop", "-ts", str(catalog), cwd=root,
        )  # fmt: skip
    finally:
        Path(listed.name).unlink()


def compile_catalog(catalog: Path, to: Path) -> None:
    """Compile a catalog (.ts) to what the program reads (.qm). The same catalog gives the same bytes."""
    _qt("lrelease", "-silent", str(catalog), "-qm", str(to), cwd=ROOT)


def unfinished(catalog: Path) -> list[str]:
    """Texts of a catalog that have no translation, or whose translation is not said to be finished."""
    found = []
    for message in ET.parse(catalog).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        if translation.get("type") == "unfinished" or not all(forms):
            found.append(message.findtext("source", ""))
    return found


def _qt(tool: str, *arguments: str, cwd: Path) -> None:
    """Run a tool that comes with PySide6; its words are shown where it fails."""
    program = Path(PySide6.__file__).parent / (f"{tool}.exe" if sys.platform == "win32" else tool)
    done = subprocess.run([program, *arguments], cwd=cwd, capture_output=True, text=True)
    if done.returncode or "rror" in done.stderr:
        sys.exit(f"{tool}: {done.stderr or done.stdout}")


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; 1 where texts wait for a translation")
    parser.add_argument("--new", metavar="CODE", help="begin a language, such as fr")
    args = parser.parse_args()
    if args.new:
        gather(FOLDER / f"kindred_{args.new}.ts", args.new)
    waiting = 0
    for catalog in sorted(FOLDER.glob("kindred_*.ts")):
        if not args.check:
            gather(catalog, catalog.stem.removeprefix("kindred_"))
            compile_catalog(catalog, catalog.with_suffix(".qm"))
        texts = unfinished(catalog)
        waiting += len(texts)
        print(f"{catalog.name}: {len(texts)} texts wait for a translation")
        for text in texts:
            print(f"  {text}")
    return 1 if waiting and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
