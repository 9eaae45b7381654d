"""Which model is in use, whatever is added and removed: the settings always name one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine import paths, settings
from desktop_app.engine.models import shelf, using
from desktop_app.engine.settings import Settings
from tests.helpers.tiny_model import make_tiny_model, refusal

pytestmark = pytest.mark.usefixtures("own_models")


@pytest.fixture(autouse=True)
def usual(own_models: None) -> None:
    """A shipped model under the usual name."""
    make_tiny_model(paths.shipped_models_dir() / Settings().model)


def learned(name: str, base: str) -> Path:
    provenance = {"data": "", "method": "", "config": {"base": base}, "seed": 0, "git_commit": "", "figures": {}}
    return make_tiny_model(paths.user_models_dir() / name, seed=2, provenance=provenance)


def test_a_model_is_used_from_now_on_and_an_unknown_one_changes_nothing(tiny: Path) -> None:
    settings.save(Settings(workers=3))
    shelf.add(tiny)
    assert using.use("tiny").name == "tiny"
    assert settings.load() == Settings(model="tiny", workers=3)
    assert refusal(lambda: using.use("nothing")) == "unknown-model"
    assert settings.load().model == "tiny"


def test_a_learned_model_leads_back_to_the_one_it_began_with(tiny: Path) -> None:
    shelf.add(tiny)
    learned("mine", "tiny")
    before = using.model_before(shelf.resolve("mine"))
    assert before is not None
    assert before.name == "tiny"
    assert using.model_before(before) is None
    shelf.remove("tiny")
    assert using.model_before(shelf.resolve("mine")) is None


@pytest.mark.parametrize("base", ["mine", "../up", 7])
def test_a_card_that_names_no_other_model_leads_nowhere(base: str) -> None:
    learned("mine", base)
    assert using.model_before(shelf.resolve("mine")) is None


def test_removing_the_model_in_use_goes_back_and_another_leaves_the_choice(tiny: Path) -> None:
    shelf.add(tiny)
    learned("mine", "tiny")
    using.use("mine")
    assert using.remove("mine") == "tiny" == settings.load().model
    learned("mine", "tiny")
    assert using.remove("mine") == "tiny"
    assert using.remove("tiny") == Settings().model == settings.load().model


def test_a_damaged_model_in_use_can_be_removed(tiny: Path) -> None:
    shelf.add(tiny)
    using.use("tiny")
    (paths.user_models_dir() / "tiny" / "card.json").write_text("{", encoding="utf-8")
    assert using.remove("tiny") == Settings().model
    assert [card.name for card in shelf.find_models()] == [Settings().model]


def test_what_cannot_be_removed_stays_in_use(tiny: Path) -> None:
    assert refusal(lambda: using.remove(Settings().model)) == "model-shipped"
    added = shelf.add(tiny)
    using.use("tiny")
    (added.folder / "model.int8.onnx").unlink()
    (added.folder / "model.int8.onnx").mkdir()
    assert refusal(lambda: using.remove("tiny")) == "models-folder"
    assert settings.load().model == "tiny"
