"""Stands in for Qt's OpenGL widget, of which pyqtgraph derives classes that Kindred makes no object of."""

from PySide6.QtWidgets import QWidget as QOpenGLWidget

__all__ = ["QOpenGLWidget"]
