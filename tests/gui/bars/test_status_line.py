"""The line at the foot says what runs the model, and why to those who ask."""

from __future__ import annotations

from desktop_app.engine.job import Progress
from desktop_app.gui.main_window import MainWindow


def test_one_place_tells_how_far_work_is_and_nothing_of_it_while_paused(window: MainWindow) -> None:
    bar, height = window.work_bar, window.pages.height()
    bar.begin("Reading photos", can_pause=True, at_once=True)
    bar.advance(Progress(1204, 6214, "Reading photos", 20.0))
    assert bar.text.text() == "Reading photos · 1,204 of 6,214 · 60/s · about 1 min 20 s left"
    assert not window.status_line.activity.isVisible()
    bar.pause.click()
    bar.advance(Progress(1210, 6214, "Reading photos", 20.1))  # what was under way still arrives
    assert bar.text.text() == "Paused · 1,210 of 6,214"
    bar.pause.click()
    assert "/s" in bar.text.text()
    window.notice.announce("Something happened, of which there is more to say than fits into one line. " * 3)
    assert window.pages.height() == height, "work and notices moved the page"
    bar.end()
    assert window.status_line.activity.text() == "idle"
    assert window.pages.height() == height


def test_the_device_is_named_shortly_and_explained_on_hover(window: MainWindow) -> None:
    assert window.status_line.device.text() == "CPU, float ·"
    assert window.status_line.device.toolTip().startswith("CPU, float (this model has no int8 form);")
