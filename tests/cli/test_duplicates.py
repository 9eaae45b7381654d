from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop_app.cli import entry
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import contents, draw


def test_copies_are_listed_and_nothing_is_touched(
    kindred_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_tiny_model(kindred_home / "models" / "tiny")
    photos = tmp_path / "photos"
    for number, color in enumerate([(200, 30, 20), (20, 180, 40), (20, 40, 210)]):
        draw(photos / f"{number}.png", color, number)
    shutil.copy2(photos / "1.png", photos / "1 copy.png")
    (photos / "1 copy.xmp").write_text("<x:xmpmeta/>")
    before = contents(photos)
    ask = ["duplicates", str(photos), "--model", "tiny", "--exact"]
    assert entry.main([*ask, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (one,) = answer["sets"]
    assert (one["kind"], one["keeper"]) == ("exact", str(photos / "1 copy.png"))
    assert one["reason"] == "has 1 file beside it"
    assert [photo["path"] for photo in one["photos"]] == [str(photos / "1 copy.png"), str(photos / "1.png")]
    assert answer["bytes_freed"] == (photos / "1.png").stat().st_size
    assert entry.main(ask) == 0
    said = capsys.readouterr().out
    assert "1 set with 1 copy beyond the photo to keep" in said
    assert "Nothing was touched." in said
    assert contents(photos) == before
    assert entry.main(["duplicates", str(photos), "--similarity", "0.2"]) == 2
    assert "between 0.6 and 1" in capsys.readouterr().err
