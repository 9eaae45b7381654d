"""ICC profiles written by hand, and pictures in the spaces they describe."""

from __future__ import annotations

import struct

import numpy as np
from PIL import Image

_D50 = np.array([0.9642, 1.0, 0.8249])
_TO_D50 = np.array([[1.0479, 0.0229, -0.0502], [0.0296, 0.9904, -0.0171], [-0.0092, 0.0151, 0.7519]])  # from D65
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
SPACES: dict[str, tuple[tuple[tuple[float, float], ...], bool, float]] = {
    # chromaticities of red, green and blue; whether white is D65 (else D50); gamma, 0 for sRGB's curve
    "sRGB": (((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), True, 0),
    "Display P3": (((0.68, 0.32), (0.265, 0.69), (0.15, 0.06)), True, 0),
    "Adobe RGB": (((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), True, 563 / 256),
    "ProPhoto": (((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), False, 1.8),
    "Rec. 2020": (((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)), True, 0),
}


def columns(space: str) -> np.ndarray:
    """XYZ (D50) of red, green and blue, in columns."""
    points, daylight, _ = SPACES[space]
    xyz = np.array([[x / y, 1, (1 - x - y) / y] for x, y in points]).T
    white = np.array([0.9505, 1.0, 1.0891]) if daylight else _D50
    matrix = xyz * np.linalg.solve(xyz, white)
    return _TO_D50 @ matrix if daylight else matrix


def profile(space: str, kind: bytes = b"RGB ") -> bytes:
    """A matrix profile, version 4; with ``GRAY`` one of a curve alone."""
    gamma = SPACES[space][2]
    curve = b"para\0\0\0\0" + (
        struct.pack(">HHi", 0, 0, round(gamma * 65536))
        if gamma
        else struct.pack(
            ">HH5i", 3, 0, *(round(v * 65536) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
        )
    )
    text = space.encode("utf-16-be")
    words = b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(text), 28) + text

    def xyz(values: np.ndarray) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(float(value) * 65536) for value in values))

    tags = {b"desc": words, b"cprt": words, b"wtpt": xyz(_D50)}
    if kind == b"GRAY":
        tags[b"kTRC"] = curve
    else:
        for index, name in enumerate((b"r", b"g", b"b")):
            tags |= {name + b"XYZ": xyz(columns(space)[:, index]), name + b"TRC": curve}
    at, table, body = 132 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        padded = data.ljust(-(-len(data) // 4) * 4, b"\0")
        table += struct.pack(">4sII", name, at + len(body), len(data))
        body += padded
    head = struct.pack(">I4sI4s4s4s", 0, bytes(4), 0x04200000, b"mntr", kind, b"XYZ ") + bytes(12) + b"acsp"
    head = head.ljust(68, b"\0") + struct.pack(">3i", *(round(value * 65536) for value in _D50))
    whole = head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(whole)) + whole[4:]


def linear(signal: np.ndarray, gamma: float) -> np.ndarray:
    if gamma:
        return signal**gamma
    return np.where(signal <= 0.04045, signal / 12.92, ((signal + 0.055) / 1.055) ** 2.4)


def signal_of(light: np.ndarray, gamma: float) -> np.ndarray:
    light = np.clip(light, 0, 1)
    if gamma:
        return light ** (1 / gamma)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def light_in(image: Image.Image, space: str) -> np.ndarray:
    """Linear light of an sRGB picture in another space."""
    light = linear(np.asarray(image, float) / 255, 0)
    return light @ np.linalg.solve(columns(space), columns("sRGB")).T


def converted(image: Image.Image, space: str) -> Image.Image:
    """An sRGB picture as a camera of another space would store it."""
    return Image.fromarray((signal_of(light_in(image, space), SPACES[space][2]) * 255 + 0.5).astype(np.uint8))
