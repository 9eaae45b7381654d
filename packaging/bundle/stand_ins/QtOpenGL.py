"""Stands in for Qt's OpenGL classes, which pyqtgraph looks up only when it is told to draw by OpenGL; it is not."""
