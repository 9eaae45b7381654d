"""Landscapes of the sample album, computed rather than photographed: sunsets, mountains, nights and flower fields.

Every painter takes a random generator and gives an RGB image; the same generator state gives the same picture.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

Field = npt.NDArray[np.float32]
Canvas = npt.NDArray[np.float32]
"""Pictures in the making, float32[3, height, width] in 0..255: with bands first, blending is twice as fast."""
Color = tuple[int, int, int]
WIDTH, HEIGHT = 640, 480

_SUNSETS: tuple[tuple[Color, Color, Color, Color], ...] = (  # zenith, middle, horizon, sun
    ((58, 54, 110), (222, 110, 96), (255, 196, 110), (255, 244, 206)),
    ((84, 60, 124), (232, 122, 138), (255, 190, 150), (255, 232, 200)),
    ((30, 66, 112), (240, 150, 80), (255, 214, 122), (255, 250, 220)),
    ((46, 92, 128), (244, 172, 140), (255, 224, 176), (255, 246, 226)),
    ((62, 32, 76), (196, 62, 70), (250, 146, 72), (255, 226, 160)),
)
_RANGES: tuple[tuple[Color, Color, Color, Color], ...] = (  # sky above, sky below, farthest ridge, nearest ridge
    ((98, 158, 214), (226, 238, 246), (150, 180, 206), (24, 58, 62)),
    ((120, 134, 190), (250, 214, 196), (178, 158, 188), (46, 40, 70)),
    ((146, 190, 210), (240, 240, 226), (158, 190, 190), (28, 66, 46)),
    ((236, 178, 132), (252, 232, 196), (206, 158, 146), (70, 44, 58)),
    ((78, 126, 168), (196, 222, 232), (120, 156, 186), (18, 40, 66)),
)
_NIGHTS: tuple[tuple[Color, Color, Color], ...] = (  # zenith, horizon, far buildings
    ((8, 12, 34), (46, 48, 104), (34, 38, 78)),
    ((10, 8, 30), (96, 46, 98), (52, 32, 76)),
    ((4, 18, 36), (24, 84, 104), (18, 52, 72)),
    ((16, 20, 58), (198, 110, 104), (72, 50, 92)),
)
_FLOWERS: tuple[tuple[Color, Color], ...] = (  # petals, heart
    ((228, 52, 44), (40, 26, 30)),
    ((250, 200, 40), (112, 66, 28)),
    ((250, 250, 246), (250, 200, 50)),
    ((236, 120, 176), (250, 226, 120)),
    ((150, 92, 200), (246, 214, 90)),
    ((250, 140, 50), (120, 60, 20)),
)


def rgb(color: Color) -> Canvas:
    """A color as float32[3, 1, 1], to be spread over a canvas."""
    return np.array(color, np.float32)[:, None, None]


def gradient(height: int, width: int, stops: list[tuple[float, Color]]) -> Canvas:
    """A vertical gradient as float32[3, height, width]; ``stops`` are (share of the height, color), ascending."""
    at, places = np.linspace(0, 1, height), [place for place, _ in stops]
    canvas = np.empty((3, height, width), np.float32)
    for band in range(3):
        canvas[band] = np.interp(at, places, [color[band] for _, color in stops])[:, None]
    return canvas


def blend(canvas: Canvas, color: Canvas, alpha: npt.NDArray[np.floating]) -> None:
    """Lay ``color`` (as of `rgb`, or a canvas) over ``canvas`` in place, by ``alpha`` [h, w] in 0..1."""
    change = color - canvas
    change *= alpha.astype(np.float32, copy=False)
    canvas += change


def clouds(rng: np.random.Generator, height: int, width: int, cells: tuple[int, int]) -> Field:
    """Smooth noise in 0..1, float32[height, width], with ``cells`` (down, across) bumps and finer detail."""
    down, across = cells[0] * 4, cells[1] * 4
    total = np.zeros((down, across), np.float32)
    for octave in range(3):
        grid = Image.fromarray(rng.random((cells[0] * 2**octave, cells[1] * 2**octave), dtype=np.float32))
        total += np.asarray(grid.resize((across, down), Image.Resampling.BICUBIC)) * np.float32(0.5**octave)
    field = Image.fromarray((total / 1.75 - 0.15) / 0.7).resize((width, height), Image.Resampling.BICUBIC)
    return np.clip(np.asarray(field, np.float32), 0, 1)


def ridge(rng: np.random.Generator, width: int, roughness: float, cells: int = 3) -> Field:
    """A mountain line: float32[width] around 0, about -1 to 1, fractal with the given ``roughness``."""
    line = np.zeros(width, np.float32)
    at = np.linspace(0, 1, width)
    for octave in range(6):
        points = cells * 2**octave + 1
        line += np.interp(at, np.linspace(0, 1, points), rng.uniform(-1, 1, points)) * roughness**octave
    return line


def finish(rng: np.random.Generator, canvas: Canvas, grain: float = 2.0) -> Image.Image:
    """Add the fine grain of a sensor and the slight falloff of a lens in place; round to an image."""
    _, height, width = canvas.shape
    noise = np.tile(rng.normal(0, grain, (64, 64)).astype(np.float32), (height // 64 + 1, width // 64 + 1))
    y, x = np.linspace(-1, 1, height)[:, None], np.linspace(-1, 1, width)[None, :]
    falloff = (1 - 0.06 * (x * x + y * y)).astype(np.float32)
    canvas *= falloff
    canvas += noise[:height, :width]
    bands = np.clip(canvas, 0, 255, out=canvas).astype(np.uint8)
    return Image.merge("RGB", [Image.fromarray(band) for band in bands])


def sunset(rng: np.random.Generator) -> Image.Image:
    """The sun low over water, with its path of light."""
    zenith, middle, low, sun = _SUNSETS[rng.integers(len(_SUNSETS))]
    horizon = int(HEIGHT * rng.uniform(0.52, 0.64))
    sun_x, sun_y = WIDTH * rng.uniform(0.24, 0.76), horizon - HEIGHT * rng.uniform(-0.02, 0.2)
    radius = HEIGHT * rng.uniform(0.045, 0.085)
    x, y = np.arange(WIDTH, dtype=np.float32)[None, :], np.arange(HEIGHT, dtype=np.float32)[:, None]
    sky = gradient(horizon, WIDTH, [(0, zenith), (0.6, middle), (1, low)])
    distance = np.hypot(x - sun_x, y[:horizon] - sun_y)
    blend(sky, rgb(low), 0.75 * np.exp(-distance / (radius * 3.2)))
    veil = clouds(rng, horizon, WIDTH, (5, 3))
    fade = np.linspace(1, 0.4, horizon, dtype=np.float32)[:, None]
    lit = np.minimum(rgb(middle) * 0.5 + rgb(sun) * 0.55, 255)
    blend(sky, lit, np.clip((veil - rng.uniform(0.45, 0.62)) * 2.6, 0, 0.75) * fade)
    still = sky.copy()
    blend(sky, rgb(sun), np.clip(radius - distance + 0.5, 0, 1))
    depth = np.linspace(0, 1, HEIGHT - horizon, dtype=np.float32)[:, None]
    ripple = clouds(rng, HEIGHT - horizon, WIDTH, (24, 4)) - 0.5
    source = horizon - 1 - np.arange(HEIGHT - horizon)[:, None] * 0.8 + ripple * (10 + 70 * depth)
    columns = np.broadcast_to(np.arange(WIDTH), source.shape)
    water = still[:, np.clip(source, 0, horizon - 1).astype(int), columns] * np.float32(0.78)
    blend(water, rgb(zenith), np.broadcast_to(0.14 + 0.34 * depth, source.shape))
    spread = WIDTH * (0.025 + 0.11 * depth)
    path = np.exp(-(((x - sun_x) / spread) ** 2)) * np.clip((ripple + 0.12) * 5, 0, 1)
    blend(water, rgb(sun), path * (0.9 - 0.35 * depth))
    canvas = np.concatenate([sky, water], axis=1)
    if rng.random() < 0.55:
        line = horizon - HEIGHT * 0.035 - ridge(rng, WIDTH, 0.5, 2) * HEIGHT * 0.03
        blend(canvas, rgb(zenith) * 0.55, np.clip(y - line, 0, 1) * (y < horizon))
    image = finish(rng, canvas)
    if rng.random() < 0.5:
        size = rng.uniform(14, 26)
        _boat(image, WIDTH * rng.uniform(0.12, 0.88), horizon + HEIGHT * rng.uniform(0.03, 0.12), size, zenith)
    return image


def _boat(image: Image.Image, x: float, y: float, size: float, tone: Color) -> None:
    color = (tone[0] // 3, tone[1] // 3, tone[2] // 3)
    hull = [(-1.3, 0), (1.4, 0), (1.0, 0.45), (-1.0, 0.45)]
    sails = [[(0, -2.4), (0, -0.15), (1.1, -0.15)], [(-0.12, -2.0), (-0.12, -0.15), (-0.9, -0.15)]]
    for shape in (hull, *sails):
        _polygon(image, [(x + size * px, y + size * py) for px, py in shape], color)


def _polygon(image: Image.Image, points: list[tuple[float, float]], color: Color) -> None:
    """Fill a polygon with smooth edges."""
    left, top = int(min(p[0] for p in points)) - 1, int(min(p[1] for p in points)) - 1
    right, bottom = int(max(p[0] for p in points)) + 2, int(max(p[1] for p in points)) + 2
    mask = Image.new("L", (4 * (right - left), 4 * (bottom - top)))
    ImageDraw.Draw(mask).polygon([(4 * (px - left), 4 * (py - top)) for px, py in points], fill=255)
    image.paste(color, (left, top), mask.reduce(4))


def mountains(rng: np.random.Generator) -> Image.Image:
    """Ridges behind ridges, paler with distance, a snowy range and a dark wood in front."""
    above, below, far, near = _RANGES[rng.integers(len(_RANGES))]
    y = np.arange(HEIGHT, dtype=np.float32)[:, None]
    canvas = gradient(HEIGHT, WIDTH, [(0, above), (0.6, below), (1, below)])
    veil = clouds(rng, HEIGHT, WIDTH, (5, 3))
    blend(canvas, rgb((255, 255, 255)), np.clip((veil - 0.55) * 2.2, 0, 0.7) * np.linspace(1, 0, HEIGHT)[:, None])
    layers = int(rng.integers(4, 6))
    start, snow = rng.uniform(0.34, 0.44), rng.random() < 0.7
    for layer in range(layers):
        share = layer / (layers - 1)
        base = HEIGHT * (start + (0.8 - start) * share)
        height = HEIGHT * (0.15 - 0.1 * share) * rng.uniform(0.85, 1.2)
        line = base - ridge(rng, WIDTH, 0.52, 3 + layer) * height
        top = max(int(line.min()) - 1, 0)
        color = rgb(far) * (1 - share) + rgb(near) * share
        mist = np.clip((y[top:] - base + height) / (HEIGHT * 0.3), 0, 1) * (0.6 * (1 - share))
        body = color + (rgb(below) - color) * mist
        below_line = y[top:] - line
        cover = np.clip(below_line + 0.5, 0, 1)
        blend(canvas[:, top:], body, cover)
        if layer == 0 and snow:
            reach = (base + height * 0.3 - line) * 0.42 + ridge(rng, WIDTH, 0.8, 14) * HEIGHT * 0.022
            blend(canvas[:, top:], rgb((252, 252, 255)), 0.9 * np.clip((reach - below_line) / 2, 0, 1) * cover)
    wood = HEIGHT * rng.uniform(0.86, 0.93) - ridge(rng, WIDTH, 0.4, 2) * HEIGHT * 0.02
    at = np.arange(WIDTH)
    for trunk in rng.uniform(0, WIDTH, 90):
        tall = rng.uniform(14, 46)
        wood = np.minimum(wood, HEIGHT * 0.9 - tall + np.abs(at - trunk) * 3.2)
    blend(canvas, rgb(near) * 0.55, np.clip(y - wood + 0.5, 0, 1))
    return finish(rng, canvas)


def night(rng: np.random.Generator) -> Image.Image:
    """A city under stars and a moon."""
    zenith, low, far = _NIGHTS[rng.integers(len(_NIGHTS))]
    x, y = np.arange(WIDTH, dtype=np.float32)[None, :], np.arange(HEIGHT, dtype=np.float32)[:, None]
    canvas = gradient(HEIGHT, WIDTH, [(0, zenith), (0.75, low), (1, low)])
    count = int(rng.integers(150, 300))
    stars = np.zeros((HEIGHT, WIDTH), np.float32)
    where = rng.integers(0, int(HEIGHT * 0.68), count), rng.integers(0, WIDTH, count)
    stars[where] = rng.uniform(0.25, 1, count) ** 2
    points = Image.fromarray((stars * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))
    glow = np.asarray(points, np.float32) / 110
    blend(canvas, rgb((255, 250, 235)), np.clip(stars * 0.8 + glow, 0, 1))
    moon_x, moon_y = WIDTH * rng.uniform(0.15, 0.85), HEIGHT * rng.uniform(0.12, 0.32)
    radius = HEIGHT * rng.uniform(0.045, 0.075)
    distance = np.hypot(x - moon_x, y - moon_y)
    blend(canvas, rgb((210, 214, 240)), 0.4 * np.exp(-np.maximum(distance - radius, 0) / (radius * 1.6)))
    disc = np.clip(radius - distance + 0.5, 0, 1)
    if rng.random() < 0.5:
        shade = np.hypot(x - moon_x - radius * rng.uniform(0.5, 0.9), y - moon_y + radius * 0.2)
        disc *= np.clip(shade - radius * 0.92 + 0.5, 0, 1)
    blend(canvas, rgb((252, 246, 224)), disc)
    spots = clouds(rng, HEIGHT, WIDTH, (60, 80)) if radius > 24 else np.zeros((HEIGHT, WIDTH), np.float32)
    blend(canvas, rgb((206, 202, 190)), disc * np.clip((spots - 0.55) * 2, 0, 0.5))
    shore = int(HEIGHT * rng.uniform(0.8, 0.88)) if rng.random() < 0.5 else HEIGHT
    for layer, color in enumerate((rgb(far), rgb(far) * 0.25)):
        _skyline(rng, canvas, color, shore, layer)
    if shore < HEIGHT:
        depth = HEIGHT - shore
        mirror = canvas[:, shore - 1 - np.arange(depth) * 2] * np.float32(0.5)
        sway = ((clouds(rng, depth, WIDTH, (12, 6)) - 0.5) * 12).astype(int)
        columns = np.clip(np.arange(WIDTH)[None, :] + sway, 0, WIDTH - 1)
        canvas[:, shore:] = mirror[:, np.arange(depth)[:, None], columns] + rgb(zenith) * 0.6
    return finish(rng, canvas, 3.0)


def _skyline(rng: np.random.Generator, canvas: Canvas, color: Canvas, shore: int, layer: int) -> None:
    left = -int(rng.integers(0, 30))
    cell = 7 if layer else 5
    while left < WIDTH:
        width = int(rng.integers(4, 11)) * cell
        height = int(HEIGHT * rng.uniform(*((0.1, 0.3) if layer else (0.2, 0.44)))) // cell * cell
        top, right = shore - height, min(left + width, WIDTH)
        start = max(left, 0)
        canvas[:, top:shore, start:right] = color
        if rng.random() < 0.25:
            mast = min(max(left + width // 2, 0), WIDTH - 2)
            canvas[:, top - int(rng.integers(10, 34)) : top, mast : mast + 2] = color
        windows = rng.random((height // cell, width // cell)) < (0.34 if layer else 0.22)
        warmth = rng.uniform(0.6, 1, windows.shape)
        for row, column in zip(*np.nonzero(windows), strict=True):
            wy, wx = top + row * cell + 2, left + column * cell + 2
            if 0 <= wx < WIDTH - cell and wy < shore - 3:
                light = rgb((255, 214, 140)) * (float(warmth[row, column]) * (1 if layer else 0.7))
                canvas[:, wy : wy + cell - 3, wx : wx + cell - 4] = light
        left += width + int(rng.integers(0, 8))


def flowers(rng: np.random.Generator) -> Image.Image:
    """A field in bloom: rows that run to the horizon, or a meadow."""
    kind = int(rng.integers(len(_FLOWERS)))
    horizon = int(HEIGHT * rng.uniform(0.28, 0.42))
    y = np.arange(HEIGHT, dtype=np.float32)[:, None]
    haze = (214, 234, 246)
    canvas = gradient(HEIGHT, WIDTH, [(0, (92, 156, 222)), (horizon / HEIGHT, haze), (1, haze)])
    veil = clouds(rng, horizon, WIDTH, (3, 3))
    blend(canvas[:, :horizon], rgb((255, 255, 255)), np.clip((veil - 0.45) * 2.4, 0, 0.95))
    hills = horizon - HEIGHT * 0.03 - ridge(rng, WIDTH, 0.45, 2) * HEIGHT * 0.035
    blend(canvas, rgb((110, 150, 136)), np.clip(y - hills, 0, 1))
    field = HEIGHT - horizon
    depth = np.linspace(0.02, 1, field, dtype=np.float32)[:, None]
    texture = clouds(rng, field, WIDTH, (26, 18))
    canvas[:, horizon:] = gradient(field, WIDTH, [(0, (120, 164, 92)), (1, (46, 104, 44))]) * (0.72 + 0.5 * texture)
    in_rows = rng.random() < 0.5
    vanish, lanes = WIDTH * rng.uniform(0.25, 0.75), rng.uniform(2.2, 3.6)
    across = (np.arange(WIDTH, dtype=np.float32)[None, :] - vanish) / (WIDTH * depth) * lanes
    if in_rows:
        stripe = np.clip((np.abs((across % 1) - 0.5) - 0.16) * 7 * np.minimum(depth * 5, 1) + 0.1, 0, 1)
        blend(canvas[:, horizon:], rgb(_FLOWERS[kind][0]) * 0.86 * (0.75 + 0.4 * texture), stripe * 0.9)
    image = finish(rng, canvas)
    sprites = _sprites(rng, *_FLOWERS[kind])
    count = 420 if in_rows else 300
    near = np.sort(rng.random(count) ** (0.7 if in_rows else 0.9))
    for share, side in zip(near, rng.uniform(-0.05, 1.05, count), strict=True):
        top = horizon + field * share**1.35
        left = WIDTH * side
        if in_rows:
            row = min(int(top) - horizon, field - 1)
            lane = across[row, min(max(int(left), 0), WIDTH - 1)] % 1
            if abs(lane - 0.5) < 0.17:
                continue
        sprite = sprites[min(int(share * len(sprites)), len(sprites) - 1)][int(rng.integers(3))]
        image.paste(sprite, (int(left - sprite.width / 2), int(top - sprite.height / 2)), sprite)
    return image


def _sprites(rng: np.random.Generator, petals: Color, heart: Color) -> list[list[Image.Image]]:
    """Flowers from far to near, three turns of each, RGBA."""
    flat = rng.uniform(0.55, 0.8)
    count = int(rng.integers(5, 9))
    drawn = []
    for turn in range(3):
        big = Image.new("RGBA", (160, 160))
        draw = ImageDraw.Draw(big)
        for petal in range(count):
            angle = 2 * np.pi * petal / count + turn
            cx, cy = 80 + 42 * np.cos(angle), 80 + 42 * np.sin(angle)
            shade = 0.86 + 0.14 * np.sin(angle)
            color = tuple(int(band * shade) for band in petals)
            draw.ellipse((cx - 34, cy - 34, cx + 34, cy + 34), fill=(*color, 255))
        draw.ellipse((56, 56, 104, 104), fill=(*heart, 255))
        drawn.append(big)
    sizes = np.linspace(4, 40, 12) * rng.uniform(0.85, 1.15)
    return [[big.resize((int(s), max(int(s * flat), 2)), Image.Resampling.BOX) for big in drawn] for s in sizes]
