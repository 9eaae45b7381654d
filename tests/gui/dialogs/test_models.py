"""The models dialog on real models: use, add, drop, remove, compare, learn, stop and take back."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths, settings
from desktop_app.engine.job import JobContext
from desktop_app.engine.models import learning, shelf
from desktop_app.engine.models.learning import Learned
from desktop_app.gui.dialogs.models import ModelsDialog
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.pictures import grainy_album
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import LEFT, WAIT, answer, offer, wait_for_groups


@pytest.fixture
def other(kindred_home: Path) -> None:
    """A second model of the person's."""
    make_tiny_model(kindred_home / "models" / "other", seed=3, dim=8)


@pytest.fixture
def tidy(kindred_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model ships but one under the usual name, small."""
    shipped = tmp_path / "shipped"
    make_tiny_model(shipped / "photos", title="Everyday photos")
    monkeypatch.setattr(paths, "shipped_models_dir", lambda: shipped)


def opened(window: MainWindow) -> ModelsDialog:
    window.menus["models"].trigger()
    (dialog,) = window.findChildren(ModelsDialog)
    return dialog


def rows(dialog: ModelsDialog) -> dict[str, list[str]]:
    found = [dialog.table.topLevelItem(row) for row in range(dialog.table.topLevelItemCount())]
    return {item.text(1): [item.text(column) for column in range(5)] for item in found}


def choose(dialog: ModelsDialog, name: str) -> None:
    (item,) = dialog.table.findItems(name, Qt.MatchFlag.MatchExactly, 1)
    dialog.table.setCurrentItem(item)


def wait_until_said(qtbot: QtBot, dialog: ModelsDialog, words: str) -> None:
    qtbot.waitUntil(lambda: words in dialog.said.text(), timeout=WAIT)


@pytest.mark.usefixtures("tidy", "other")
def test_the_list_tells_each_model_and_another_is_used_at_once(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(window)
    told = rows(dialog)
    assert told.keys() == {"photos", "tiny", "other"}
    assert told["photos"][0] == "Everyday photos"
    assert [told[name][2:4] for name in ("photos", "tiny")] == [["", "came with Kindred"], ["in use", "added by you"]]
    assert told["tiny"][0] == "Tiny test model"
    assert told["tiny"][4].endswith("kB")
    assert (dialog.chosen, dialog.use.isEnabled()) == ("tiny", False)
    assert not dialog.take_back.isVisible()
    choose(dialog, "other")
    assert dialog.about.toPlainText() == "Random weights; has seen nothing."
    qtbot.mouseClick(dialog.use, LEFT)
    assert rows(dialog)["other"][2] == "in use"
    assert settings.load().model == "other"
    wait_for_groups(qtbot, window)
    assert window.workflow.library is not None
    assert window.workflow.library.model.name == "other" == window.tools.model.currentData()
    window.tools.model.setCurrentIndex(window.tools.model.findData("tiny"))
    window.tools.model.activated.emit(window.tools.model.currentIndex())
    assert rows(dialog)["tiny"][2] == "in use"
    wait_for_groups(qtbot, window)


@pytest.mark.usefixtures("tidy")
def test_a_model_is_added_by_dropping_it_and_a_taken_name_or_broken_zip_is_said(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = opened(window)
    made = make_tiny_model(tmp_path / "new", seed=5)
    drop(dialog, made)
    wait_until_said(qtbot, dialog, "“Tiny test model” was added as new.")
    assert "new" in rows(dialog)
    assert window.tools.model.findData("new") >= 0
    assert window.tools.model.itemText(window.tools.model.findData("new")) == "Tiny test model (new)"
    with zipfile.ZipFile(tmp_path / "again.zip", "w") as archive:
        for path in made.iterdir():
            archive.write(path, f"new/{path.name}")
    drop(dialog, tmp_path / "again.zip")
    wait_until_said(qtbot, dialog, "There is a model called new already")
    (tmp_path / "broken.zip").write_bytes((tmp_path / "again.zip").read_bytes()[:400])
    drop(dialog, tmp_path / "broken.zip")
    wait_until_said(qtbot, dialog, "broken.zip cannot be unpacked")
    assert rows(dialog).keys() == {"photos", "tiny", "new"}


def drop(dialog: ModelsDialog, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(dialog, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPointF(50, 50), copy, data, left, none))


@pytest.mark.usefixtures("tidy", "other")
def test_only_own_models_are_removed_after_a_question_and_the_one_in_use_gives_way(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = opened(window)
    choose(dialog, "photos")
    qtbot.mouseClick(dialog.remove, LEFT)
    assert "“photos” came with Kindred and stays" in dialog.said.text()
    choose(dialog, "other")
    qtbot.mouseClick(dialog.remove, LEFT)
    answer(qtbot, window, "Keep it")
    assert "other" in rows(dialog)
    qtbot.mouseClick(dialog.remove, LEFT)
    answer(qtbot, window, "Remove other")
    wait_until_said(qtbot, dialog, "other was removed.")
    assert rows(dialog).keys() == {"photos", "tiny"}
    choose(dialog, "tiny")
    qtbot.mouseClick(dialog.remove, LEFT)
    box = answer(qtbot, window, "Remove tiny")
    assert "It is in use: photos takes its place" in box.informativeText()
    wait_until_said(qtbot, dialog, "tiny was removed.")
    wait_for_groups(qtbot, window)
    assert rows(dialog)["photos"][2] == "in use"
    assert settings.load().model == "photos" == window.tools.model.currentData()
    assert window.workflow.library is not None
    assert window.workflow.library.model.name == "photos"


def test_an_own_model_that_stood_for_a_shipped_one_gives_way_to_it(
    qtbot: QtBot, tidy: None, window: MainWindow, kindred_home: Path
) -> None:
    make_tiny_model(kindred_home / "models" / "photos", seed=9, dim=8)
    window.models.use("photos")
    wait_for_groups(qtbot, window)
    assert window.workflow.library is not None
    assert window.workflow.library.model.outputs.embedding.dim == 8
    window.models.remove("photos")
    qtbot.waitUntil(lambda: not shelf.is_own("photos"), timeout=WAIT)
    qtbot.waitUntil(lambda: window.state.photos != {} and not window.runner.is_busy(), timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert window.workflow.library.model.outputs.embedding.dim == 16


@pytest.mark.usefixtures("tidy", "other")
def test_two_models_are_compared_on_the_open_folder(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(window)
    page = dialog.compare_page
    dialog.tabs.setCurrentWidget(page)
    assert "album" in page.words.text()
    assert page.first.currentData() == "tiny"
    page.second.setCurrentIndex(page.second.findData("tiny"))
    page.second.activated.emit(page.second.currentIndex())
    assert not page.begin.isEnabled()
    page.second.setCurrentIndex(page.second.findData("other"))
    page.second.activated.emit(page.second.currentIndex())
    page.begin.click()
    assert page.cancel.isVisible()
    qtbot.waitUntil(lambda: "the models agree on" in page.result.text(), timeout=WAIT)
    qtbot.waitUntil(page.begin.isVisible, timeout=WAIT)
    assert page.table.topLevelItem(0).text(0) == "Groups suggested"
    assert [page.table.headerItem().text(column) for column in (1, 2)] == ["tiny", "other"]
    assert page.table.topLevelItem(1).text(2).endswith("ms")
    window.handlers.workflow.close_folder()
    assert page.words.text() == "Open a folder first."
    assert not page.begin.isEnabled()


@pytest.mark.usefixtures("tidy")
def test_a_comparison_that_cannot_be_made_or_is_stopped_is_said(
    qtbot: QtBot, window: MainWindow, kindred_home: Path, hold_reading: Callable[[int], threading.Event]
) -> None:
    broken = make_tiny_model(kindred_home / "models" / "broken", seed=4)
    hold_reading(0)
    dialog = opened(window)
    window.models.compare("tiny", "broken")
    window.models.stop(Lane.COMPARE)
    wait_until_said(qtbot, dialog, "Stopped. The models are as they were.")
    (broken / "model.onnx").write_bytes(b"nothing")
    window.models.compare("tiny", "broken")
    wait_until_said(qtbot, dialog, "is not the file its card describes")
    assert dialog.compare_page.begin.isVisibleTo(dialog.compare_page)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Sixty pictures: enough to learn from."""
    return grainy_album(tmp_path / "Summer", 60)


@pytest.fixture
def on_large(make_window: Callable[[], MainWindow], tidy: None, large: Path, qtbot: QtBot) -> MainWindow:
    window = make_window()
    window.handlers.open_folder(large)
    wait_for_groups(qtbot, window)
    return window


def test_a_folder_is_learned_from_used_and_taken_back(qtbot: QtBot, on_large: MainWindow) -> None:
    window = on_large
    settings.save(settings.Settings(model="tiny"))
    dialog = opened(window)
    page = dialog.learn_page
    dialog.tabs.setCurrentWidget(page)
    assert "Fits “Tiny test model” to the photos of Summer" in page.words.text()
    assert not page.table.isVisible()
    page.minutes.setValue(1)
    texts: list[str] = []
    window.models.learn_progressed.connect(lambda _event: texts.append(page.progress.text()))
    page.begin.click()
    assert page.cancel.isVisible()
    assert "Learning from Summer" in page.words.text()
    dialog.close()
    assert "Learning goes on" in window.notice.text.text()
    qtbot.waitUntil(lambda: "Learned from Summer" in window.notice.text.text(), timeout=WAIT)
    assert texts[0] == "Starting the laboratory…"
    assert any(text.startswith("Looking at the photos · ") and text.endswith(" %") for text in texts)
    wait_for_groups(qtbot, window)
    assert window.workflow.library is not None
    assert window.workflow.library.model.name == "tiny-summer" == settings.load().model
    dialog = opened(window)
    assert rows(dialog)["tiny-summer"][2:4] == ["in use", "learned"]
    assert page.table.isVisible()
    assert page.table.topLevelItem(0).text(0) == "All together"
    assert dialog.take_back.isVisible()
    dialog.close()
    qtbot.mouseClick(offer(window, "Take it back"), LEFT)
    wait_for_groups(qtbot, window)
    assert window.workflow.library.model.name == "tiny" == settings.load().model
    assert "stays in the list" in window.notice.text.text()
    assert "tiny-summer" in rows(opened(window))
    assert not dialog.take_back.isVisible()


def test_learning_stops_when_asked_and_leaves_nothing(qtbot: QtBot, on_large: MainWindow) -> None:
    dialog = opened(on_large)
    page = dialog.learn_page
    dialog.tabs.setCurrentWidget(page)
    on_large.models.learn_progressed.connect(lambda _event: page.cancel.click())
    page.begin.click()
    wait_until_said(qtbot, dialog, "Stopped. The models are as they were.")
    assert page.begin.isVisible()
    assert rows(dialog).keys() == {"photos", "tiny"}
    assert rows(dialog)["tiny"][2] == "in use"


def test_closing_while_a_model_is_learned_asks(
    qtbot: QtBot, on_large: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress, never = JobContext.progress, threading.Event()

    def wait(ctx: JobContext, done: int, total: int, text: str) -> None:
        while text == "Reading photos" and not never.wait(0.01) and not ctx.cancelled:
            pass
        progress(ctx, done, total, text)

    monkeypatch.setattr(JobContext, "progress", wait)
    on_large.models.learn(1)
    assert not on_large.close()
    answer(qtbot, on_large, "Keep learning")
    assert on_large.models.is_learning
    assert not on_large.close()
    answer(qtbot, on_large, "Stop and close")
    qtbot.waitUntil(lambda: not on_large.isVisible(), timeout=WAIT)
    assert [card.name for card in shelf.find_models()] == ["photos", "tiny"]


def test_what_cannot_be_learned_is_said(qtbot: QtBot, on_large: MainWindow, large: Path) -> None:
    for path in sorted(large.iterdir())[20:]:
        path.unlink()
    dialog = opened(on_large)
    on_large.models.learn(1)
    wait_until_said(qtbot, dialog, "20 photos that can be read (0 could not); at least 50 are needed")


def test_without_the_laboratory_the_page_says_how_to_get_it(
    on_large: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "_NEEDS", ("no_such_package",))
    page = opened(on_large).learn_page
    assert "Learning needs the laboratory: run" in page.words.text()
    assert not page.begin.isEnabled()


@pytest.mark.usefixtures("tidy", "other")
def test_everything_is_in_reach_on_a_small_screen(qtbot: QtBot, window: MainWindow) -> None:
    shutil.copytree(paths.user_models_dir() / "other", paths.user_models_dir() / "mine")
    make_tiny_model(
        paths.user_models_dir() / "mine",
        provenance={
            "data": "",
            "method": "",
            "config": {"base": "tiny", "base_sha256": "0"},
            "seed": 0,
            "git_commit": "",
            "figures": {},
        },
    )
    window.models.use("mine")
    wait_for_groups(qtbot, window)
    dialog = opened(window)
    dialog.resize(690, 440)
    assert (dialog.width(), dialog.height()) == (690, 440)
    for index, button in ((0, dialog.use), (1, dialog.compare_page.begin), (2, dialog.learn_page.begin)):
        dialog.tabs.setCurrentIndex(index)
        assert dialog.said.text() == "", "what was said of another page stands beside this one"
        dialog.said.setText("Compared.")
        QApplication.processEvents()
        for widget in (button, dialog.take_back):
            corners = (widget.rect().topLeft(), widget.rect().bottomRight())
            assert widget.isVisible()
            assert all(dialog.rect().contains(widget.mapTo(dialog, corner)) for corner in corners)


@pytest.mark.usefixtures("tidy", "other")
def test_while_files_are_organized_the_model_stays(qtbot: QtBot, window: MainWindow) -> None:
    held = threading.Event()
    window.runner.start(Lane.ORGANIZE, lambda _ctx, _emit: held.wait(WAIT))
    window.tools.model.setCurrentIndex(window.tools.model.findData("other"))
    window.tools.model.activated.emit(window.tools.model.currentIndex())
    assert window.tools.model.currentData() == "tiny"
    assert "Files are being organized" in window.notice.text.text()
    window.notice.hide()
    window.models.remove("tiny")
    assert "Files are being organized" in window.notice.text.text()
    held.set()
    wait_for_groups(qtbot, window)
    assert shelf.is_own("tiny")
    assert window.models.use("other")
    wait_for_groups(qtbot, window)


@pytest.mark.usefixtures("tidy", "other")
def test_one_change_at_a_time(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog, held = opened(window), threading.Event()
    window.runner.start(Lane.MODELS, lambda _ctx, _emit: held.wait(WAIT))
    window.models.add(make_tiny_model(tmp_path / "new"))
    assert "A model is being added or removed" in dialog.said.text()
    held.set()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert "new" not in rows(dialog)


@pytest.mark.usefixtures("tidy")
def test_a_model_in_use_that_was_damaged_is_named_and_can_be_removed(
    qtbot: QtBot, window: MainWindow, kindred_home: Path
) -> None:
    (kindred_home / "models" / "tiny" / "card.json").write_text("{", encoding="utf-8")
    dialog = opened(window)
    assert "card.json is not valid JSON" in dialog.said.text()
    assert not dialog.learn_page.begin.isEnabled()
    window.models.remove("tiny")
    wait_until_said(qtbot, dialog, "tiny was removed.")
    wait_for_groups(qtbot, window)
    assert window.tools.model.currentData() == "photos" == settings.load().model


@pytest.mark.usefixtures("tidy")
def test_learning_that_did_not_help_is_said(window: MainWindow) -> None:
    base = shelf.resolve("tiny")
    window.models.learning_from = "Summer"
    window.models._take_learned(Learned(base, None))
    assert "Nothing that was learned from Summer helped" in window.notice.text.text()
    assert window.workflow.model == "tiny"
