from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop_app.engine.errors import ModelError
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import load_card
from tests.helpers.tiny_model import change_card, make_tiny_model, refusal

pytestmark = pytest.mark.usefixtures("own_models")


def test_a_whole_card_is_read_and_its_model_checked(tiny: Path) -> None:
    card = load_card(tiny)
    assert (card.name, card.input.size, card.outputs.embedding.dim) == ("tiny", 32, 16)
    assert card.precisions == ("float", "int8")
    cosines = shelf.check(card)
    assert cosines["float"] == pytest.approx(1, abs=1e-6)
    assert cosines["int8"] == pytest.approx(1, abs=1e-6)


def test_without_int8_there_is_one_precision(tmp_path: Path) -> None:
    card = load_card(make_tiny_model(tmp_path / "plain"))
    assert card.precisions == ("float",)
    assert set(shelf.check(card)) == {"float"}
    with pytest.raises(ValueError, match="int8"):
        card.sha256("int8")


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (lambda c: c.update(extra=1), "extra"),
        (lambda c: c.pop("licence"), "licence"),
        (lambda c: c["input"].update(size=10**6), "input.size"),
        (lambda c: c["input"].update(size=32.0), "input.size"),
        (lambda c: c["outputs"]["embedding"].update(dim=10**9), "outputs.embedding.dim"),
        (lambda c: c["preprocessing"].update(std=[0, 1, 1]), "preprocessing.std[0]"),
        (lambda c: c["preprocessing"].update(resize_to=16), "preprocessing.resize_to"),
        (lambda c: c["probe"]["embedding"].pop(), "probe.embedding"),
        (lambda c: c["int8"]["probe_embedding"].append(1.0), "int8.probe_embedding"),
        (lambda c: c["probe"].update(embedding=[0.0] * 16), "probe.embedding"),
        (lambda c: c["probe"].update(png_base64="AAAA"), "probe.png_base64"),
        (lambda c: c["probe"].update(png_base64="***"), "probe.png_base64"),
        (lambda c: c.update(name="../evil"), "name"),
        (lambda c: c.update(name="con"), "name"),
        (lambda c: c.update(schema_version=2), "schema_version"),
        (lambda c: c.update(schema_version=True), "schema_version"),
        (lambda c: c["provenance"].update(seed=-1), "provenance.seed"),
        (lambda c: c["probe"].update(min_cosine=0.5), "probe.min_cosine"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tiny: Path, edit: Callable[[dict[str, Any]], object], named: str) -> None:
    change_card(tiny, edit)
    with pytest.raises(ModelError) as caught:
        load_card(tiny)
    assert caught.value.code == "card-invalid"
    assert str(tiny / "card.json") in caught.value.message
    assert named in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"name": NaN}',
        '{"name": 1, "name": 2}',
        "[" * 100_000,
        "\xff",
        '{"a": 1e999}',
        "1" * 5000,
    ],
)
def test_what_is_no_card_is_refused(tiny: Path, text: str) -> None:
    (tiny / "card.json").write_bytes(text.encode("latin-1"))
    assert refusal(lambda: load_card(tiny)) == "card-invalid"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "1" + "0" * 400])
def test_numbers_that_are_not_finite_are_refused_wherever_they_stand(tiny: Path, number: str) -> None:
    text = (tiny / "card.json").read_text(encoding="utf-8")
    (tiny / "card.json").write_text(text.replace('"min_cosine": 0.999', f'"min_cosine": {number}'), encoding="utf-8")
    assert refusal(lambda: load_card(tiny)) == "card-invalid"


def test_a_huge_card_and_a_huge_probe_are_refused(tiny: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (1025, 8)).save(buffer, "PNG")
    change_card(tiny, lambda c: c["probe"].update(png_base64=base64.b64encode(buffer.getvalue()).decode()))
    with pytest.raises(ModelError, match="1024 pixels"):
        load_card(tiny)
    (tiny / "card.json").write_bytes(b" " * (5 << 20))
    with pytest.raises(ModelError, match="larger than"):
        load_card(tiny)


def test_a_missing_card_and_a_missing_model_are_named(tiny: Path) -> None:
    card = load_card(tiny)
    (tiny / "model.onnx").unlink()
    assert refusal(lambda: shelf.check(card)) == "model-missing"
    (tiny / "card.json").unlink()
    assert refusal(lambda: load_card(tiny)) == "card-missing"


def test_a_model_over_the_size_limit_is_refused_before_it_is_read(tiny: Path) -> None:
    card = load_card(tiny)
    with (tiny / "model.onnx").open("r+b") as file:
        file.truncate(600 << 20)  # sparse
    assert refusal(card.read_onnx) == "model-too-large"


@settings(max_examples=150)
@given(st.data())
def test_any_bytes_in_place_of_a_card_are_a_card_or_a_model_error(tiny: Path, data: st.DataObject) -> None:
    whole = (tiny / "card.json").read_bytes() if not (tiny / "kept").exists() else (tiny / "kept").read_bytes()
    (tiny / "kept").write_bytes(whole)
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, min(len(whole), start + 40)))
    (tiny / "card.json").write_bytes(whole[:start] + data.draw(st.binary(max_size=20)) + whole[stop:])
    try:
        card = load_card(tiny)
    except ModelError as error:
        assert error.code == "card-invalid"  # noqa: PT017
    else:
        assert card.input.size <= 1024


def test_a_card_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "card.json").mkdir()
    with pytest.raises(ModelError, match=r"card\.json could not be read: it is a folder"):
        load_card(tmp_path)
