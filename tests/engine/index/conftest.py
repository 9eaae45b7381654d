from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.settings import Settings
from tests.helpers.indexing import draw
from tests.helpers.tiny_model import make_tiny_model


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return Embedder(load_card(make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")), Settings(workers=2))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "cache") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """26 good pictures of three formats, in two folders."""
    photos = tmp_path / "photos"
    (photos / "sub").mkdir(parents=True)
    for seed in range(26):
        suffix = (".jpg", ".png", ".webp")[seed % 3]
        place = photos / "sub" if seed % 5 == 0 else photos
        draw(seed, 60 + 7 * seed, 300 - 8 * seed).save(place / f"{seed:02}{suffix}")
    return photos
