"""What this machine offers Kindred and what is missing, each with what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop_app.engine import paths, screen, settings
from desktop_app.engine.errors import UserError
from desktop_app.engine.wording import display_path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, whether it is in order, and what was found."""

    name: str
    ok: bool
    text: str


def examine() -> tuple[Finding, ...]:
    """Look at everything; never raises for what it finds."""
    looks = (_system, _runtime, _formats, _models, _device, _settings, _window, _folders)
    return tuple(finding for look in looks for finding in look())


def _system() -> Iterator[Finding]:
    yield Finding("system", True, f"{platform.system()} {platform.machine()}, Python {sys.version.split()[0]}")


def _runtime() -> Iterator[Finding]:
    import onnxruntime

    providers = onnxruntime.get_available_providers()
    cuda = "CUDAExecutionProvider" in providers
    text = "CUDA is offered" if cuda else "no CUDA in this installation, the CPU does the work"
    yield Finding("onnxruntime", True, f"{onnxruntime.__version__}; {text}")


def _formats() -> Iterator[Finding]:
    from PIL import features

    def heif() -> str:
        import pi_heif

        return f"pi-heif {pi_heif.__version__}"

    def raw() -> str:
        import rawpy

        return f"rawpy, LibRaw {'.'.join(map(str, rawpy.libraw_version))}"

    yield _try("HEIC", heif, "pip install pi-heif")
    yield _try("RAW", raw, "pip install rawpy")
    for name, module in (("AVIF", "avif"), ("WebP", "webp")):
        found = bool(features.check(module))
        yield Finding(name, found, "built into Pillow" if found else "this Pillow lacks it; pip install -U pillow")


def _try(name: str, look: Callable[[], str], remedy: str) -> Finding:
    try:
        return Finding(name, True, look())
    except (ImportError, OSError) as error:
        return Finding(name, False, f"not available ({error}); {remedy}")


def _models() -> Iterator[Finding]:
    from desktop_app.engine.models import shelf

    cards = shelf.find_models()
    for error in shelf.unreadable_models():
        yield Finding("model", False, str(error))
    if not cards:
        yield Finding("models", False, f"none found in {paths.shipped_models_dir()} or {paths.user_models_dir()}")
    for card in cards:
        try:
            shelf.check(card)
        except UserError as error:
            yield Finding(f"model {card.name}", False, str(error))
        else:
            yield Finding(f"model {card.name}", True, f"hash and probe in order ({display_path(card.folder)})")


def _device() -> Iterator[Finding]:
    from desktop_app.engine.models import runtime, shelf

    try:
        chosen = settings.load()
        yield Finding("runs on", True, runtime.choose(shelf.resolve(chosen.model), chosen).reason)
    except UserError:
        return  # the model's own line or that of the settings says what is wrong


def _settings() -> Iterator[Finding]:
    from desktop_app.engine.choices import check_saved

    try:
        check_saved(settings.load(), "model", "method")
    except UserError as error:
        yield Finding("settings", False, str(error))
    else:
        file = settings.settings_file()
        yield Finding("settings", True, display_path(file) if os.access(file, os.R_OK) else "the defaults")


def _window() -> Iterator[Finding]:
    if not sys.platform.startswith("linux"):
        return
    missing, packages = screen.lacking(screen.screen_libraries(os.environ))
    if missing:
        remedy = screen.how_to_install(packages, root=screen.is_root())
        yield Finding("window", False, f"Qt, its toolkit, does not find {', '.join(missing)}. {remedy}")
    else:
        there = screen.has_screen(sys.platform, os.environ)
        yield Finding("window", True, "Qt finds what it needs" + ("" if there else "; there is no screen here"))


def _folders() -> Iterator[Finding]:
    for name, folder in (("cache", paths.cache_dir()), ("journals", paths.journal_dir())):
        if refused := paths.refusal(folder):
            yield Finding(name, False, f"{refused} {paths.ANOTHER_PLACE}")
            continue
        free = shutil.disk_usage(folder).free
        text = f"{display_path(folder)}, {free / 1e9:,.1f} GB free"
        yield Finding(name, free > 1e9, text if free > 1e9 else f"{text}: little room is left")
