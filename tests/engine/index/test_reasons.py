"""Why a file is not shown is kept in English and said in the language of whoever asks."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.cache.cache import Batch, Cache, FileKey, KnownProblem
from desktop_app.engine.folder.left_out import no_images
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index.reading import reader_version
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import reasons
from tests.helpers.german import german, translated
from tests.helpers.indexing import draw, run
from tests.helpers.pictures import encode
from tests.helpers.tiff import tiff


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """One photo, and files that cannot be shown for reasons of the scan, of a decoder here, and of one elsewhere."""
    folder = tmp_path / "photos"
    folder.mkdir()
    draw(1).save(folder / "good.png")
    whole = encode(draw(2, 400, 300), "JPEG", quality=95)
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "torn.png").write_bytes(encode(draw(3), "PNG")[:60])
    (folder / "rare.tif").write_bytes(tiff(np.zeros((8, 8, 1), np.uint8), 1, compression=34887))
    (folder / "bomb.png").write_bytes(_claiming(20_000, 20_000))
    (folder / "empty.jpg").touch()
    (folder / "words.jpg").write_text("no picture")
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / ".hidden.jpg").touch()
    (folder / "notes.txt").write_text("notes")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def _claiming(width: int, height: int) -> bytes:
    from zlib import crc32

    data = bytearray(encode(Image.new("L", (1, 1)), "PNG"))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def told(folder: Path, cache: Cache, embedder: Embedder) -> dict[str, str]:
    """What a person is told of each file that is not shown, or not whole."""
    found = scan(folder, JobContext())
    problems = [*found.problems, *run(folder, cache, embedder).problems]
    return {problem.path.name: reasons.said(problem.message) for problem in problems} | {
        entry.path.name: reasons.said(entry.reason) for entry in found.ignored
    }


def kept(folder: Path, cache: Cache) -> dict[str, KnownProblem | None]:
    """What the cache has of each file, as it stands there."""
    keys = [FileKey(p, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.iterdir())]
    found = cache.lookup_problems(keys, reader_version())
    return {key.path.name: problem for key, problem in zip(keys, found, strict=True)}


ENGLISH = {
    "cut.jpg": "Only part of the picture could be read.",
    "rare.tif": "Kindred does not read this kind of TIFF (gray, 8 bits, compression LERC)."
    " Save it as RGB with 8 or 16 bits to see it here.",
    "bomb.png": "The picture has 20000 x 20000 pixels; decoding it takes 1907 MB of memory,"
    " more than the 896 MB Kindred allows.",
    "empty.jpg": "The file is empty.",
    "words.jpg": "The file is named like a picture, but its content is no picture Kindred knows.",
    "drawing.svg": "Kindred does not read this kind of picture (SVG drawing). Save it as JPEG or PNG to see it here.",
    ".hidden.jpg": "a hidden file",
    "notes.txt": "not an image",
    "paper.pdf": "a PDF document, not an image",
}
GERMAN = {
    "cut.jpg": "Nur ein Teil des Bildes war lesbar.",
    "rare.tif": "Kindred liest diese Art von TIFF nicht (Graustufen, 8 Bit, Kompression LERC)."
    " Speichern Sie es als RGB mit 8 oder 16 Bit, um es hier zu sehen.",
    "bomb.png": "Das Bild hat 20000 x 20000 Pixel; es zu dekodieren braucht 1907 MB Arbeitsspeicher,"
    " mehr als die 896 MB, die Kindred erlaubt.",
    "empty.jpg": "Die Datei ist leer.",
    "words.jpg": "Die Datei heißt wie ein Bild, aber ihr Inhalt ist kein Bild, das Kindred kennt.",
    "drawing.svg": "Kindred liest diese Art von Bild nicht (SVG-Zeichnung)."
    " Speichern Sie es als JPEG oder PNG, um es hier zu sehen.",
    ".hidden.jpg": "eine versteckte Datei",
    "notes.txt": "kein Bild",
    "paper.pdf": "ein Dokument (PDF), kein Bild",
}


def test_one_cache_serves_a_german_window_and_the_command_line(broken: Path, cache: Cache, embedder: Embedder) -> None:
    english = told(broken, cache, embedder)
    assert {name: english[name] for name in ENGLISH} == ENGLISH
    assert english["torn.png"].startswith("The PNG data is damaged and cannot be read")
    before = kept(broken, cache)
    assert sum(problem is not None for problem in before.values()) == 3  # torn.png, rare.tif, bomb.png
    with german():
        spoken = told(broken, cache, embedder)
        assert {name: spoken[name] for name in GERMAN} == GERMAN
        assert spoken["torn.png"].startswith("Die Bilddaten (PNG) sind beschädigt und nicht lesbar")
    assert kept(broken, cache) == before
    assert told(broken, cache, embedder) == english


def test_a_german_window_keeps_the_same_as_the_command_line(
    broken: Path, tmp_path: Path, cache: Cache, embedder: Embedder
) -> None:
    (broken / "again.png").write_bytes((broken / "torn.png").read_bytes())  # gets its reason from its twin
    with german(), Cache(tmp_path / "german") as of_window:
        spoken = told(broken, of_window, embedder)
        assert spoken["again.png"] == spoken["torn.png"]
        assert spoken["again.png"].startswith("Die Bilddaten (PNG)")
        by_window = kept(broken, of_window)
    told(broken, cache, embedder)
    assert by_window == kept(broken, cache)


def test_a_reason_of_an_earlier_version_is_shown_as_it_is(broken: Path, cache: Cache, embedder: Embedder) -> None:
    state = (broken / "good.png").stat()
    key = FileKey(broken / "good.png", state.st_size, state.st_mtime_ns)
    known = KnownProblem("unreadable", "The old reason, of which nothing is known, is 7 bits.")
    assert cache.put(Batch("", problems=[(key, reader_version(), known)]))
    with german():
        assert told(broken, cache, embedder)["good.png"] == known.message


def test_a_folder_of_nothing_but_such_files_is_explained_in_german(broken: Path) -> None:
    (broken / "good.png").unlink()
    with german():
        found = scan(broken, JobContext())
        error = no_images(broken, found.problems, [*found.ignored, *found.ignored, *found.ignored])
    assert error.message == (
        f"In {broken} gibt es keine Fotos, die Kindred zeigen kann. "
        "Darin: 3 versteckt, 3 Dateien anderer Art, 3 Dokumente, 3 weitere. Versteckte Dateien und Ordner bleiben "
        "geschlossen."
    )
    assert error.hint == "Öffnen Sie den versteckten Ordner selbst."


@pytest.mark.parametrize("form", reasons._FORMS)
def test_every_reason_with_values_is_said_again(form: str) -> None:
    values = {name: f"<{name}, 16 bits>" for name in re.findall(r"\{(\w+)\}", form)}
    made = form.format(**values)
    assert reasons.said(made) == made
    with german():
        assert reasons.said(made) == translated(form).format(**values)
