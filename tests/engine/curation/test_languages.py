"""Names that nobody typed are said in the language that is spoken, and never become a decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine import curation
from desktop_app.engine.curation import Curation, arrange, corrections
from desktop_app.engine.errors import UsageError
from desktop_app.engine.language import ENGLISH, Language, speak
from tests.helpers.shown_groups import groups, names, span

FOUND = groups(span(1, 10), span(11, 20), unsure=[30, 31])
GERMAN = {"Group {number}": "Gruppe {number}", "Unsure": "Unsichere"}


@pytest.fixture
def in_english_again() -> Iterator[None]:
    yield
    speak(ENGLISH)


@pytest.mark.usefixtures("in_english_again")
def test_a_folder_opened_in_another_language_has_its_numbers_in_that_one(tmp_path: Path) -> None:
    known, shown = arrange(Curation(), FOUND)
    known, shown = corrections.rename(known, shown, 1, "Beach")
    curation.save(tmp_path, known)

    speak(Language("de", lambda text, _comment, _n: GERMAN.get(text, "")))
    known, shown = arrange(curation.load(tmp_path), FOUND)
    assert names(shown) == ["Gruppe 1", "Beach", "Unsichere"]
    assert [one.name for one in known.groups] == ["", "Beach"]
    # Leaving the field as it is gives no name, and what is shown cannot be given twice.
    assert [one.name for one in corrections.rename(known, shown, 0, "Gruppe 1")[0].groups] == ["", "Beach"]
    for taken in ("Gruppe 1", "unsichere"):
        with pytest.raises(UsageError):
            corrections.rename(known, shown, 1, taken)
    curation.save(tmp_path, known)

    speak(ENGLISH)
    _, shown = arrange(curation.load(tmp_path), FOUND)
    assert names(shown) == ["Group 1", "Beach", "Unsure"]
