"""Things and people of the sample album, drawn: receipts on a table, charts on a screen, portraits in flat colors.

Every painter takes a random generator and gives an RGB image; the same generator state gives the same picture.
Letters come from the font inside Pillow, so that no system font is needed.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop_app.engine.sample.scenes import Color, blend, clouds, finish, gradient, rgb

_SCALE = 2
_TABLES: tuple[tuple[Color, Color, bool], ...] = (  # light, dark, wooden
    ((176, 124, 80), (130, 84, 50), True),
    ((112, 76, 54), (76, 48, 34), True),
    ((212, 190, 160), (182, 154, 120), True),
    ((74, 82, 92), (56, 62, 72), False),
    ((96, 128, 130), (78, 108, 112), False),
)
_SHOPS = ("CORNER MARKET", "CAFE AURORA", "GREEN GROCER", "HARBOR BAKERY", "BOOKS & TEA", "NIGHT PHARMACY")
_GOODS: tuple[str, ...] = (
    "Apples 1 kg",
    "Oat milk",
    "Rye bread",
    "Coffee beans",
    "Tomatoes",
    "Olive oil",
    "Notebook",
    "Soap",
)
_GOODS += ("Dark choc.", "Cheese", "Lemons", "Pasta", "Rice 500 g", "Batteries", "Tea, green", "Honey")
_INKS: tuple[tuple[Color, ...], ...] = (
    ((66, 133, 244), (234, 110, 80), (250, 188, 60), (60, 170, 130), (150, 110, 200)),
    ((38, 70, 83), (42, 157, 143), (233, 196, 106), (244, 162, 97), (231, 111, 81)),
    ((99, 110, 250), (239, 85, 120), (0, 204, 180), (171, 120, 250), (255, 161, 90)),
)
_TITLES = ("Monthly sales", "Energy use", "Visitors", "Rainfall", "Budget", "Reading speed", "Steps a day", "Savings")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SKINS: tuple[Color, ...] = (
    (255, 219, 190), (244, 196, 160), (226, 170, 128), (198, 136, 94), (160, 104, 70), (122, 76, 50), (92, 58, 40)
)  # fmt: skip
_HAIRS: tuple[Color, ...] = (
    (40, 30, 28), (78, 50, 34), (130, 80, 44), (214, 164, 88), (178, 74, 40), (150, 150, 156), (232, 226, 216)
)  # fmt: skip
_CLOTHES: tuple[Color, ...] = (
    (224, 82, 82), (62, 118, 190), (52, 152, 128), (242, 180, 64), (128, 92, 170), (240, 240, 236), (60, 66, 84)
)  # fmt: skip
_BACKDROPS: tuple[Color, ...] = (
    (168, 214, 226), (250, 214, 170), (196, 224, 178), (244, 190, 190), (206, 196, 236), (252, 232, 160)
)  # fmt: skip


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _pick(rng: np.random.Generator, colors: tuple[Color, ...]) -> Color:
    return colors[int(rng.integers(len(colors)))]


def _shade(color: Color, factor: float) -> Color:
    red, green, blue = (min(int(band * factor), 255) for band in color)
    return red, green, blue


def receipt(rng: np.random.Generator) -> Image.Image:
    """A till receipt on a table, a little askew."""
    width, height = 480, 640
    light, dark, wooden = _TABLES[int(rng.integers(len(_TABLES)))]
    canvas = gradient(height, width, [(0, light), (1, _shade(light, 0.86))])
    grain = clouds(rng, height, width, (46, 2) if wooden else (40, 40))
    blend(canvas, rgb(dark), np.clip((grain - 0.35) * (1.5 if wooden else 0.8), 0, 1))
    if wooden:
        canvas[:, :: height // 4] *= np.float32(0.6)
    table = finish(rng, canvas)
    paper = _paper(rng)
    mask = Image.new("L", paper.size, 255)
    teeth = ImageDraw.Draw(mask)
    for left in range(0, paper.width, 20):
        teeth.polygon([(left, paper.height), (left + 10, paper.height - 12), (left + 20, paper.height)], fill=0)
    angle = rng.uniform(-9, 9)
    turned = paper.rotate(angle, Image.Resampling.BILINEAR, expand=True).reduce(_SCALE)
    outline = mask.rotate(angle, Image.Resampling.BILINEAR, expand=True).reduce(_SCALE)
    left, top = (width - turned.width) // 2 + int(rng.integers(-24, 25)), (height - turned.height) // 2
    shadow = Image.new("L", table.size)
    shadow.paste(outline.point([band * 110 // 255 for band in range(256)]), (left + 9, top + 12))
    table.paste((20, 14, 10), (0, 0), shadow.filter(ImageFilter.BoxBlur(7)))
    table.paste(turned, (left, top), outline)
    return table


def _paper(rng: np.random.Generator) -> Image.Image:
    width, lines = 250 * _SCALE, int(rng.integers(6, 13))
    height = (236 + 25 * lines) * _SCALE
    tint = int(rng.integers(240, 253))
    paper = Image.new("RGB", (width, height), (tint, tint, tint - int(rng.integers(0, 9))))
    draw = ImageDraw.Draw(paper)
    ink, margin, y = (52, 52, 60), 18 * _SCALE, 20 * _SCALE
    small, normal, large = _font(13 * _SCALE), _font(15 * _SCALE), _font(24 * _SCALE)

    def line(left: str, right: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> None:
        draw.text((margin, y), left, fill=ink, font=font)
        draw.text((width - margin, y), right, fill=ink, font=font, anchor="ra")

    shop = _SHOPS[int(rng.integers(len(_SHOPS)))]
    draw.text((width / 2, y), shop, fill=ink, font=_font(22 * _SCALE), anchor="ma")
    y += 32 * _SCALE
    draw.text((width / 2, y), f"{rng.integers(1, 99)} Harbor Street", fill=ink, font=small, anchor="ma")
    y += 30 * _SCALE
    total = 0.0
    for index in rng.choice(len(_GOODS), lines, replace=False):
        price = round(float(rng.uniform(0.6, 14)), 2)
        total += price
        line(_GOODS[int(index)], f"{price:.2f}", normal)
        y += 25 * _SCALE
    draw.line((margin, y + 4 * _SCALE, width - margin, y + 4 * _SCALE), fill=ink, width=_SCALE)
    y += 14 * _SCALE
    line("TOTAL", f"{total:.2f}", large)
    y += 46 * _SCALE
    at = margin + 10 * _SCALE
    while at < width - margin - 10 * _SCALE:
        bar = int(rng.integers(1, 5)) * _SCALE
        draw.rectangle((at, y, at + bar - 1, y + 44 * _SCALE), fill=ink)
        at += bar + int(rng.integers(1, 4)) * _SCALE
    draw.text((width / 2, y + 52 * _SCALE), "Thank you!", fill=ink, font=small, anchor="ma")
    return paper


def screen(rng: np.random.Generator) -> Image.Image:
    """A screenshot: a window with a headline figure and one or two charts."""
    width, height = 640 * _SCALE, 420 * _SCALE
    dark = rng.random() < 0.4
    ground, card, ink, faint = (
        ((24, 28, 40), (36, 42, 58), (232, 236, 244), (86, 94, 116))
        if dark
        else ((238, 241, 246), (255, 255, 255), (44, 52, 66), (206, 212, 222))
    )
    inks = _INKS[int(rng.integers(2)) * 2 if dark else int(rng.integers(3))]
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    bar = 30 * _SCALE
    draw.rectangle((0, 0, width, bar), fill=_shade(ground, 0.94))
    for index, color in enumerate(((237, 106, 94), (245, 191, 79), (98, 197, 84))):
        x = (18 + 20 * index) * _SCALE
        draw.ellipse((x - 6 * _SCALE, 9 * _SCALE, x + 6 * _SCALE, 21 * _SCALE), fill=color)
    title = _TITLES[int(rng.integers(len(_TITLES)))]
    draw.text((24 * _SCALE, 44 * _SCALE), title, fill=ink, font=_font(26 * _SCALE))
    figure = f"{rng.integers(12, 980)},{rng.integers(100, 999)}"
    draw.text((width - 24 * _SCALE, 44 * _SCALE), figure, fill=inks[0], font=_font(26 * _SCALE), anchor="ra")
    split = int(rng.integers(3))
    area = (20 * _SCALE, 88 * _SCALE, (620 if split == 0 else 400) * _SCALE, 402 * _SCALE)
    painters = (_bars, _lines, _areas)
    _panel(draw, area, card)
    painters[int(rng.integers(3))](rng, draw, area, inks, faint, ink)
    if split:
        side = (414 * _SCALE, 88 * _SCALE, 620 * _SCALE, 402 * _SCALE)
        _panel(draw, side, card)
        (_ring if split == 1 else _list)(rng, draw, side, inks, card, ink)
    return image.reduce(_SCALE)


_Area = tuple[int, int, int, int]


def _panel(draw: ImageDraw.ImageDraw, area: _Area, fill: Color) -> None:
    draw.rounded_rectangle(area, 10 * _SCALE, fill=fill)


def _axes(draw: ImageDraw.ImageDraw, area: _Area, faint: Color, ink: Color, count: int) -> tuple[list[float], int, int]:
    left, top, right, bottom = (
        area[0] + 26 * _SCALE,
        area[1] + 24 * _SCALE,
        area[2] - 20 * _SCALE,
        area[3] - 34 * _SCALE,
    )
    for step in range(5):
        y = bottom - (bottom - top) * step / 4
        draw.line((left, y, right, y), fill=faint, width=_SCALE)
    places = [left + (right - left) * (index + 0.5) / count for index in range(count)]
    for place, month in zip(places, _MONTHS, strict=False):
        draw.text((place, bottom + 8 * _SCALE), month, fill=ink, font=_font(12 * _SCALE), anchor="ma")
    return places, top, bottom


def _bars(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, area: _Area, inks: tuple[Color, ...], faint: Color, ink: Color
) -> None:
    count = int(rng.integers(6, 12))
    places, top, bottom = _axes(draw, area, faint, ink, count)
    half = (places[1] - places[0]) * 0.32
    for place in places:
        share = rng.uniform(0.15, 0.95)
        split = rng.uniform(0.3, 0.8)
        high, middle = bottom - (bottom - top) * share, bottom - (bottom - top) * share * split
        draw.rectangle((place - half, high, place + half, bottom), fill=inks[1])
        draw.rectangle((place - half, middle, place + half, bottom), fill=inks[0])


def _curve(rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    walk: npt.NDArray[np.float64] = np.cumsum(rng.normal(0.25, 1, count))
    return np.interp(walk, [walk.min(), walk.max()], [0.12, 0.88])


def _lines(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, area: _Area, inks: tuple[Color, ...], faint: Color, ink: Color
) -> None:
    places, top, bottom = _axes(draw, area, faint, ink, 10)
    for color in inks[: int(rng.integers(2, 4))]:
        points = [(x, bottom - (bottom - top) * y) for x, y in zip(places, _curve(rng, 10), strict=True)]
        draw.line(points, fill=color, width=4 * _SCALE, joint="curve")
        for x, y in points:
            draw.ellipse((x - 5 * _SCALE, y - 5 * _SCALE, x + 5 * _SCALE, y + 5 * _SCALE), fill=color)


def _areas(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, area: _Area, inks: tuple[Color, ...], faint: Color, ink: Color
) -> None:
    places, top, bottom = _axes(draw, area, faint, ink, 11)
    level = np.full(11, 0.95)
    for color in inks[:3]:
        points = [(x, bottom - (bottom - top) * y) for x, y in zip(places, level * _curve(rng, 11), strict=True)]
        draw.polygon([(places[0], bottom), *points, (places[-1], bottom)], fill=color)
        level = level * 0.66


def _ring(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, area: _Area, inks: tuple[Color, ...], card: Color, ink: Color
) -> None:
    shares = rng.dirichlet(np.full(len(inks), 2.5))
    x, y, radius = (area[0] + area[2]) / 2, area[1] + 112 * _SCALE, 78 * _SCALE
    start = -90.0
    for share, color in zip(shares, inks, strict=True):
        draw.pieslice((x - radius, y - radius, x + radius, y + radius), start, start + 360 * share, fill=color)
        start += 360 * share
    hole = radius * 0.58
    draw.ellipse((x - hole, y - hole, x + hole, y + hole), fill=card)
    draw.text((x, y), f"{max(shares):.0%}", fill=ink, font=_font(24 * _SCALE), anchor="mm")
    for index, color in enumerate(inks[:4]):
        top = area[1] + (214 + 22 * index) * _SCALE
        draw.rectangle((area[0] + 30 * _SCALE, top, area[0] + 42 * _SCALE, top + 12 * _SCALE), fill=color)
        draw.text((area[0] + 52 * _SCALE, top - 2 * _SCALE), f"Part {index + 1}", fill=ink, font=_font(13 * _SCALE))


def _list(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, area: _Area, inks: tuple[Color, ...], card: Color, ink: Color
) -> None:
    for index in range(8):
        top = area[1] + (22 + 36 * index) * _SCALE
        draw.text((area[0] + 18 * _SCALE, top), _MONTHS[index], fill=ink, font=_font(14 * _SCALE))
        long = float(rng.uniform(20, 118)) * _SCALE
        left = area[0] + 64 * _SCALE
        color = inks[index % len(inks)]
        draw.rounded_rectangle((left, top + 2 * _SCALE, left + long, top + 14 * _SCALE), 6 * _SCALE, fill=color)


def portrait(rng: np.random.Generator) -> Image.Image:
    """A person from the shoulders up, in flat colors."""
    width, height = 480 * _SCALE, 640 * _SCALE
    backdrop, skin, hair, cloth = (_pick(rng, colors) for colors in (_BACKDROPS, _SKINS, _HAIRS, _CLOTHES))
    image = Image.new("RGB", (width, height), backdrop)
    draw = ImageDraw.Draw(image)
    x, y = width * rng.uniform(0.46, 0.54), height * rng.uniform(0.41, 0.45)
    wide, tall = width * rng.uniform(0.165, 0.185), height * rng.uniform(0.165, 0.185)

    def oval(cx: float, cy: float, rx: float, ry: float, color: Color) -> None:
        draw.ellipse((cx - rx, cy - ry, cx + rx, cy + ry), fill=color)

    oval(x, y, width * 0.42, width * 0.42, _shade(backdrop, 1.1))
    style = int(rng.integers(5))
    if style == 0:  # long and straight
        draw.rounded_rectangle((x - wide * 1.34, y - tall * 1.15, x + wide * 1.34, y + tall * 1.75), wide, fill=hair)
    elif style == 1:  # curls
        for angle in np.linspace(0.75 * np.pi, 2.25 * np.pi, 15):
            oval(
                x + wide * 1.12 * np.cos(angle),
                y - tall * 0.12 + tall * 1.05 * np.sin(angle),
                wide * 0.44,
                wide * 0.44,
                hair,
            )
    elif style == 2:  # a bun
        oval(x, y - tall * 1.32, wide * 0.5, wide * 0.46, hair)
    shoulder = y + tall * 1.5
    draw.rounded_rectangle((x - wide * 2.25, shoulder, x + wide * 2.25, height * 1.3), wide * 1.1, fill=cloth)
    neck = _shade(skin, 0.86)
    draw.rounded_rectangle(
        (x - wide * 0.44, y + tall * 0.5, x + wide * 0.44, shoulder + tall * 0.24), wide * 0.4, fill=neck
    )
    _clothing(rng, draw, (x, shoulder, wide, tall), cloth, neck, height)
    for side in (-1, 1):
        oval(x + side * wide * 1.0, y + tall * 0.1, wide * 0.17, tall * 0.2, neck)
    oval(x, y, wide, tall * 1.12, skin)
    if style != 4 or rng.random() < 0.5:
        _fringe(rng, image, (x, y, wide, tall), hair)
    _face(rng, draw, (x, y, wide, tall), skin, hair, bearded=style >= 3 and rng.random() < 0.6)
    return image.reduce(_SCALE)


_Head = tuple[float, float, float, float]


def _clothing(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, body: _Head, cloth: Color, neck: Color, height: int
) -> None:
    x, shoulder, wide, tall = body
    kind = int(rng.integers(4))
    if kind == 0:  # a collar
        for side in (-1, 1):
            collar = [(x, shoulder + tall * 0.5), (x + side * wide * 0.72, shoulder - tall * 0.02)]
            draw.polygon([*collar, (x + side * wide * 0.9, shoulder + tall * 0.34)], fill=_shade(cloth, 0.8))
    elif kind == 1:  # stripes
        for stripe in range(4):
            top = shoulder + tall * (0.42 + 0.4 * stripe)
            draw.rectangle((x - wide * 2.25, top, x + wide * 2.25, top + tall * 0.17), fill=_shade(cloth, 0.78))
    elif kind == 2:  # an open neckline
        draw.polygon([(x - wide * 0.6, shoulder), (x + wide * 0.6, shoulder), (x, shoulder + tall * 0.72)], fill=neck)
    else:  # a scarf
        scarf = _pick(rng, _CLOTHES)
        draw.rounded_rectangle(
            (x - wide * 0.8, shoulder - tall * 0.2, x + wide * 0.8, shoulder + tall * 0.26), wide * 0.2, scarf
        )
        draw.rectangle((x + wide * 0.15, shoulder, x + wide * 0.6, min(shoulder + tall * 1.3, height)), fill=scarf)


def _fringe(rng: np.random.Generator, image: Image.Image, head: _Head, hair: Color) -> None:
    # The hair is the crown of a slightly larger oval, cut by the forehead's oval.
    x, y, wide, tall = head
    mask = Image.new("L", image.size)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((x - wide * 1.1, y - tall * 1.26, x + wide * 1.1, y + tall * 1.0), fill=255)
    shift = wide * float(rng.choice([-0.26, 0.0, 0.26]))
    low = tall * rng.uniform(0.5, 0.7)
    draw.ellipse((x - wide * 1.02 + shift, y - low, x + wide * 1.02 + shift, y + tall * 1.5), fill=0)
    draw.rectangle((0, y + tall * 0.12, image.width, image.height), fill=0)
    image.paste(hair, (0, 0), mask)


def _face(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, head: _Head, skin: Color, hair: Color, *, bearded: bool
) -> None:
    x, y, wide, tall = head
    line = int(tall * 0.055)
    if bearded:
        draw.chord((x - wide * 0.97, y - tall * 0.55, x + wide * 0.97, y + tall * 1.14), 18, 162, fill=hair)
    glasses = rng.random() < 0.35
    for side in (-1, 1):
        ex, ey, size = x + side * wide * 0.42, y + tall * 0.06, wide * 0.09
        draw.ellipse((ex - size, ey - size, ex + size, ey + size), fill=(46, 36, 34))
        brow = (ex - wide * 0.2, ey - tall * 0.3, ex + wide * 0.2, ey - tall * 0.06)
        draw.arc(brow, 205, 335, fill=_shade(hair, 0.8), width=line)
        cheek, blush = x + side * wide * 0.58, (min(skin[0] + 12, 255), int(skin[1] * 0.88), int(skin[2] * 0.86))
        if not bearded:
            draw.ellipse((cheek - wide * 0.17, y + tall * 0.3, cheek + wide * 0.17, y + tall * 0.5), fill=blush)
        if glasses:
            rim = wide * 0.29
            draw.ellipse((ex - rim, ey - rim, ex + rim, ey + rim), outline=(50, 50, 58), width=line)
    if glasses:
        draw.line((x - wide * 0.13, y + tall * 0.05, x + wide * 0.13, y + tall * 0.05), fill=(50, 50, 58), width=line)
    draw.arc(
        (x - wide * 0.14, y + tall * 0.16, x + wide * 0.14, y + tall * 0.4),
        20,
        160,
        fill=_shade(skin, 0.78),
        width=line,
    )
    smile = (x - wide * 0.34, y + tall * 0.34, x + wide * 0.34, y + tall * 0.74)
    if rng.random() < 0.4:
        draw.chord(smile, 20, 160, fill=(250, 250, 248))
    draw.arc(smile, 20, 160, fill=(166, 70, 66), width=line)
