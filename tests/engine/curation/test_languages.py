"""Names that nobody typed are said in the language that is spoken, and never become a decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine import curation
from desktop_app.engine.curation import Curation, arrange, corrections
from desktop_app.engine.errors import UsageError
from tests.helpers.german import german
from tests.helpers.shown_groups import groups, names, span

FOUND = groups(span(1, 10), span(11, 20), unsure=[30, 31])


def test_a_folder_opened_in_another_language_has_its_numbers_in_that_one(tmp_path: Path) -> None:
    known, shown = arrange(Curation(), FOUND)
    known, shown = corrections.rename(known, shown, 1, "Beach")
    curation.save(tmp_path, known)

    with german():
        known, shown = arrange(curation.load(tmp_path), FOUND)
        assert names(shown) == ["Gruppe 1", "Beach", "Unsichere"]
        assert [one.name for one in known.groups] == ["", "Beach"]
        # Leaving the field as it is gives no name, and what is shown cannot be given twice.
        assert [one.name for one in corrections.rename(known, shown, 0, "Gruppe 1")[0].groups] == ["", "Beach"]
        for taken in ("Gruppe 1", "unsichere"):
            with pytest.raises(UsageError):
                corrections.rename(known, shown, 1, taken)
        curation.save(tmp_path, known)

    _, shown = arrange(curation.load(tmp_path), FOUND)
    assert names(shown) == ["Group 1", "Beach", "Unsure"]
