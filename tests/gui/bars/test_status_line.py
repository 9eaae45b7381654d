"""The line at the foot says what runs the model, and why to those who ask."""

from __future__ import annotations

from desktop_app.gui.main_window import MainWindow


def test_the_device_is_named_shortly_and_explained_on_hover(window: MainWindow) -> None:
    assert window.status_line.device.text() == "CPU, float ·"
    assert window.status_line.device.toolTip().startswith("CPU, float (this model has no int8 form);")
