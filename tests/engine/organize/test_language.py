"""What organizing says in a German window; its records are the same in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.language import tr
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.planning.layout import Layout
from tests.helpers.german import german
from tests.helpers.keyword_desk import Desk
from tests.helpers.organize_album import Album


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a.jpg", companions=["a.jpg.xmp"])
    made.add("b.jpg")
    made.add("gone.jpg", "Wood")
    made.add("changed.jpg", "Wood")
    (made.root / "gone.jpg").unlink()
    (made.root / "changed.jpg").write_bytes(b"another")
    return made


def test_plan_run_and_undo_are_told_in_german(album: Album) -> None:
    with german():
        plan = album.plan()
        assert plan.summary.startswith("Kopieren: 2 Fotos (3 Dateien) in 1 Ordner, 2 Dateien bleiben unberührt. ")
        assert {problem.path.name: problem.message for problem in plan.skipped} == {
            "gone.jpg": "nicht mehr da",
            "changed.jpg": "geändert, seit der Ordner eingelesen wurde",
        }
        assert album.apply(plan).text == "2 Fotos kopiert und geprüft. 2 Dateien blieben unberührt."
        (album.out / "Beach" / "b.jpg").write_bytes(b"edited")
        undone = album.undo()
        assert undone.text == ("1 Foto zurückgenommen, die Originale unberührt. 1 Datei blieb unberührt.")
        assert [problem.message for problem in undone.kept] == ["seither geändert"]
        assert [tr(run.state) for run in history(album.journals)] == ["teilweise zurückgenommen"]
    assert [run.state for run in history(album.journals)] == ["taken back in part"]


def test_a_run_of_a_german_window_is_undone_on_the_command_line(album: Album) -> None:
    with german():
        album.apply(album.plan("move"))
    (journal,) = album.journals.glob("*.jsonl")
    written = journal.read_text(encoding="utf-8")
    assert not [text for text in ("nicht mehr da", "verschoben", "Verschieben") if text in written]
    assert album.undo().text == "2 photos brought back."


def test_errors_of_organizing_are_german(album: Album) -> None:
    with german():
        with pytest.raises(UsageError) as pattern:
            Layout("{who}")
        with pytest.raises(UserError) as nothing:
            album.undo()
        with pytest.raises(UsageError) as no_folder:
            album.plan(destination=album.add("file"))
    assert str(pattern.value) == (
        "Das Ordnermuster „{who}“ ist nicht brauchbar: das Feld {who} gibt es nicht. "
        "Die Felder sind {group}, {year}, {month}, {day}, {date}, {camera}; ein Beispiel: {year}/{group}."
    )
    assert str(nothing.value) == "Es gibt keinen Lauf zum Zurücknehmen."
    assert str(no_folder.value) == f"{album.root / 'file'} ist eine Datei, kein Ordner. Wählen Sie einen Ordner."


def test_photos_without_a_date_get_a_german_folder(album: Album) -> None:
    with german():
        steps = album.plan(layout=Layout("{year}/{camera}")).steps
    assert {step.dst.parent.relative_to(album.out).as_posix() for step in steps} == {"Ohne Datum/Unbekannte Kamera"}


def test_keywords_are_told_in_german(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with german():
        assert desk.plan().summary == (
            "5 Fotos bekämen ein Stichwort: in 2 neuen Begleitdateien und in 4 vorhandenen Begleitdateien."
            " 1 Foto hat zwei Begleitdateien, und beide werden gleich gehalten."
        )
        assert desk.write().text == "5 Fotos mit Stichwort versehen."
        assert desk.undo().text == "5 Fotos wieder ohne das Stichwort."
