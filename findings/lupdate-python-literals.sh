#!/bin/bash
# Qt's lupdate reads some Python string literals as other texts than Python does, says nothing, and counts them as found.
#
# Guess: lupdate, which PySide6 brings and documents for Python sources, takes the text out of tr("...") that the
#   program later looks up; what it cannot read it leaves out with a warning, as it does for C++ with a bad call.
# Happens (PySide6 6.11.3): three kinds of valid literals reach the catalog as something else or not at all, with exit
#   code 0 and no line on the error output. The program never finds what a translator makes of them:
#   * \N{BULLET}, a character by its name, becomes the letters N{BULLET}.
#   * A backslash at the end of a line inside a literal keeps the line's end, which Python takes out.
#   * Literals side by side are joined, but not where they stand in parentheses of their own, as formatters put them:
#     that text is left out.
#   Literals side by side without parentheses, a sum of them, raw ones, \u2026 and \x41 are read as Python reads them.
# Source: none; the page of pyside6-lupdate in Qt's documentation names no limits. Seen from outside.
# Why it matters to a program that sorts photos: half of its window stays English in places that nobody sees while
#   developing. Compare what the catalog holds with the literals as `ast` reads them, in a test.
# Seen with Python 3.11, PySide6-Essentials 6.11.3, x86-64 Linux, November 2026.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install -q --disable-pip-version-check PySide6-Essentials==6.11.3
cat >"$folder/expected" <<'END'
exit code 0, error output: nothing
side by side        Python 'one two'        lupdate the same
raw                 Python 'C:\\new'        lupdate the same
by number           Python 'more… A'        lupdate the same
by name             Python 'a • b'          lupdate 'a N{BULLET} b'
over two lines      Python 'one two'        lupdate 'one \ntwo'
a sum               Python 'one two'        lupdate the same
in parentheses      Python 'one two'        lupdate nothing
END
cat >"$folder/try.py" <<'END'
import ast
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ET

import PySide6

folder = pathlib.Path(sys.argv[1])
CASES = {
    "side by side": 'tr("one " "two")',
    "raw": 'tr(r"C:\\new")',
    "by number": 'tr("more\\u2026 \\x41")',
    "by name": 'tr("a \\N{BULLET} b")',
    "over two lines": 'tr("one \\\ntwo")',
    "a sum": 'tr("one " + "two")',
    "in parentheses": 'tr(("one " "two"))',
}


def catalog_of(source):
    """The texts of a catalog made from one source file, and how lupdate ended."""
    (folder / "source.py").write_text(source, encoding="utf-8")
    (folder / "made.ts").unlink(missing_ok=True)
    program = pathlib.Path(PySide6.__file__).parent / "lupdate"
    done = subprocess.run(
        [program, folder / "source.py", "-ts", folder / "made.ts"], capture_output=True, text=True, check=False
    )
    root = ET.parse(folder / "made.ts").getroot()
    return [message.findtext("source") for message in root.iter("message")], done


everything, done = catalog_of("\n".join(CASES.values()) + "\n")
print(f"exit code {done.returncode}, error output: {done.stderr.strip() or 'nothing'}")
for name, call in CASES.items():
    compile(call, name, "eval")  # valid Python
    text = eval(call, {"tr": lambda text: text})
    found, _ = catalog_of(call + "\n")
    seen = "nothing" if not found else "the same" if found == [text] else repr(found[0])
    print(f"{name:19} Python {text!r:16} lupdate {seen}")
END
"$python" "$folder/try.py" "$folder" | tee "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in November 2026."
