"""What words are learned from, how, and that a model stays what it was when it is taught some."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.runtime import CPU, open_session
from desktop_app.engine.models.words import words_of
from desktop_app.engine.naming.words import WORDS
from tests.helpers.tiny_model import make_tiny_model
from training import places
from training.networks.torchvision_compat import import_torchvision
from training.words import teach_words
from training.words.head import Recipe, as_graph, probabilities, train_head
from training.words.learn import KEPT_BACK, kept_back
from training.words.lessons import CLASSES, Lessons, gathered, keys, lessons, taught_by_sources
from training.words.truth import acceptable, labels_of

TABLES = Path(__file__).resolve().parents[3] / "training" / "words"


def column(word: str) -> int:
    return keys().index(word)


def test_the_table_has_every_class_of_imagenet_in_its_order_and_known_words_only() -> None:
    import_torchvision()
    from torchvision.models import MobileNet_V2_Weights

    with (TABLES / "imagenet.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == MobileNet_V2_Weights.IMAGENET1K_V2.meta["categories"]
    assert [int(row["class"]) for row in rows] == list(range(CLASSES))
    assert [row["wordnet"] for row in rows] == sorted({row["wordnet"] for row in rows})
    assert {word for row in rows for word in row["words"].split()} <= WORDS.keys()
    classes = gathered()
    assert classes[207, column("dog")]
    assert classes[207, column("animals")]
    assert not classes[207, column("cat")]


def test_every_word_is_taught_by_the_teacher_or_by_a_source() -> None:
    by_teacher = {key for key, taught in zip(keys(), gathered().any(axis=0), strict=True) if taught}
    assert by_teacher | taught_by_sources() == set(WORDS)
    assert {word for words in acceptable().values() for word in words} <= WORDS.keys()


def test_a_lesson_is_the_sum_of_the_teachers_answers_but_for_what_the_source_says() -> None:
    answers = np.full((3, CLASSES), -20, np.float16)
    answers[:, 207] = answers[:, 208] = 5  # two kinds of dogs
    found = lessons(["jblitzar-1254/1.webp", "lfw/A/1.webp", "screens-phone/ios/1.webp"], answers)
    dog, people, screenshot = column("dog"), column("people"), column("screenshot")
    assert found.shown[0, dog] == pytest.approx(1, abs=1e-3)
    assert found.counts[0, dog] == 1
    assert 0 < found.counts[0, people] < 1  # where a teacher sees animals, people are hardly meant
    assert found.shown[1, people] == found.counts[1, people] == 1
    assert (found.shown[1, screenshot], found.counts[1, screenshot]) == (0, 1)
    assert found.shown[2, screenshot] == 1
    assert found.shown.min() >= 0
    assert found.shown.max() <= 1


def test_labels_for_measuring_are_found_by_name() -> None:
    names = ["pacs-photo/dog/1.webp", "mini-imagenet/train/n02099601/1.webp", "bsds500/1.webp"]
    table = acceptable()
    first, second, third = labels_of(names, table)
    assert "dog" in table[first]
    assert "animals" in table[first]
    assert "dog" in table[second]  # a golden retriever
    assert third == ""
    assert kept_back(names).tolist() == [True, False, False]
    assert all(any(pattern.split("/")[0] == kept.split("/")[0] for pattern in table) for kept in KEPT_BACK[:5])


def test_the_head_learns_and_its_graph_agrees(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(400, 8)).astype(np.float32)
    shown = (vectors[:, :3] > 0).astype(np.float32)
    counts = np.ones_like(shown)
    counts[:, 2] = 0  # nothing is known of the third word
    network = train_head(vectors, Lessons(shown, counts), Recipe(hidden=32, epochs=40, batch=64), JobContext())
    found = probabilities(network, vectors)
    assert ((found[:, :2] > 0.5) == (shown[:, :2] > 0.5)).mean() > 0.9

    import onnxruntime as ort

    session = ort.InferenceSession(as_graph(network).SerializeToString(), providers=["CPUExecutionProvider"])
    rows = np.concatenate([vectors, 7 * vectors[:1], np.zeros((1, 8), np.float32)])
    exact = session.run(["words"], {"embedding": rows})[0]
    assert np.allclose(exact[:400], found, atol=1e-5)
    assert np.allclose(exact[400], exact[0], atol=1e-6)  # the length of an embedding says nothing
    assert np.isfinite(exact[401]).all()


def teacher(path: Path) -> None:
    """A network of a teacher's form: class 207 for red pictures, class 970 for blue ones."""
    weights = np.zeros((3, CLASSES), np.float32)
    weights[0, 207] = weights[2, 970] = 9
    nodes = [
        helper.make_node("GlobalAveragePool", ["input"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["/Flatten_output_0"]),
        helper.make_node("MatMul", ["/Flatten_output_0", "weights"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "teacher",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["n", 3, 224, 224])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", CLASSES])],
        [numpy_helper.from_array(weights, "weights")],
    )
    path.parent.mkdir(parents=True)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path.write_bytes(model.SerializeToString())


def test_a_model_is_taught_words_and_stays_bit_for_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    teacher(data / "teacher" / "mobilenetv2_int8.onnx")
    (data / "photos").mkdir()
    rng = np.random.default_rng(1)
    with zipfile.ZipFile(data / "photos" / "album-00.zip", "w") as archive:
        for number in range(60):
            color = (220, 20, 20) if number % 2 else (20, 20, 220)
            pixels = np.clip(color + rng.normal(0, 15, (40, 48, 3)), 0, 255).astype(np.uint8)
            with archive.open(f"{number:03}.png", "w") as file:
                Image.fromarray(pixels).save(file, "PNG")
    monkeypatch.setenv("KINDRED_DATA", str(data))
    monkeypatch.setattr(places, "RUNS", tmp_path / "runs")
    model = make_tiny_model(tmp_path / "tiny")
    before = (model / "model.onnx").read_bytes()

    card = teach_words(model, JobContext(), Recipe(hidden=16, epochs=60, batch=16))
    assert (model / "model.onnx").read_bytes() == before
    assert card.words is not None
    assert card.words.names == keys()
    assert "album 54" in card.words.data
    picture = np.zeros((2, 3, 32, 32), np.float32)
    picture[0, 0] = picture[1, 2] = 1
    found = words_of(card, open_session(card, before, CPU).run(picture))
    assert found is not None
    assert found[0, column("dog")] > found[1, column("dog")]
    assert found[1, column("mountain")] > found[0, column("mountain")]
    kept = list((tmp_path / "runs" / "cache").glob("words-album-00-*.npz"))
    assert len(kept) == 1  # the second time, nobody looks again
    again = teach_words(model, JobContext(), Recipe(hidden=16, epochs=60, batch=16))
    assert again.words == load_card(model).words
