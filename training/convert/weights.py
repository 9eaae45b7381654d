"""Reads checkpoints that others wrote, without running anything that stands in them."""

from __future__ import annotations

import argparse
import hashlib
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from desktop_app.engine.errors import UserError

# Outermost first: averaged weights before raw ones, DINO's teacher before its student, as their authors publish them.
_NESTS = (
    *("state_dict_ema", "model_ema", "teacher", "classy_state_dict", "state_dict", "model_state_dict"),
    *("base_model", "model", "trunk", "net", "student"),
)
_MAX_DEPTH = 4
# What common checkpoints hold beside tensors. None of these runs code when it is rebuilt.
_HARMLESS: list[Any] = [
    argparse.Namespace,
    np.dtype,
    *{type(np.dtype(kind)) for kind in ("f4", "f8", "i4", "i8")},
    np._core.multiarray.scalar,  # type: ignore[attr-defined]
    (np._core.multiarray.scalar, "numpy.core.multiarray.scalar"),  # type: ignore[attr-defined]  # as NumPy 1 wrote it
]


@dataclass(frozen=True, slots=True)
class Weights:
    """A checkpoint's tensors.

    Attributes:
        path: the file.
        sha256: of the file, hex.
        tensors: key -> tensor, on the CPU, in the order of the file.
        nest: where in the file they stood, outermost key first; empty when they were all there is.
    """

    path: Path
    sha256: str
    tensors: dict[str, Tensor]
    nest: tuple[str, ...]


def read_weights(path: Path) -> Weights:
    """Read a safetensors file or one written by ``torch.save``.

    Raises:
        UserError: ``weights-missing``, ``weights-unreadable`` (cut short, or no checkpoint), ``weights-need-code`` (a
            pickle that would have to run code), ``weights-without-tensors``.
    """
    try:
        with path.open("rb") as file:
            head = file.read(9)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserError("weights-missing", f"{path} could not be read: {error.strerror}.") from error
    # A safetensors file begins with the length of its header, 8 bytes, and the header's brace; its name proves nothing.
    content = _safetensors(path) if head[8:9] == b"{" else _pickled(path)
    tensors, nest = _unnest(content, path)
    return Weights(path, sha256, tensors, nest)


def _safetensors(path: Path) -> dict[str, Tensor]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise _unreadable(path, str(error)) from error


def _pickled(path: Path) -> Any:
    try:
        with torch.serialization.safe_globals(_HARMLESS), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pickle protocols: what cannot be read is an error anyway
            return torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # a boundary: a foreign file can fail anywhere inside the unpickler
        said = str(error)
        if "TorchScript" in said:
            raise _needs_code(f"{path} is a TorchScript archive: a program, not only weights.") from error
        if names := set(re.findall(r"(?:GLOBAL|class) ([\w.]+)", said)):
            raise _needs_code(
                f"{path} cannot be read without running code that stands in it ({', '.join(sorted(names))}); "
                "it was not run."
            ) from error
        # What torch says of pickles advises to switch the protection off.
        raise _unreadable(path, "" if type(error).__name__ == "UnpicklingError" else said) from error


def _needs_code(message: str) -> UserError:
    return UserError("weights-need-code", message, "Look for the same weights as a safetensors file.")


def _unreadable(path: Path, said: str) -> UserError:
    reason = f": {said.splitlines()[0][:200]}" if said else "."
    return UserError(
        "weights-unreadable",
        f"{path} is no whole safetensors or PyTorch checkpoint{reason}",
        "Download it again and compare its size with the source's.",
    )


def _unnest(content: Any, path: Path) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    nest: tuple[str, ...] = ()
    for _ in range(_MAX_DEPTH):
        if not isinstance(content, Mapping):
            break
        inner = next((name for name in _NESTS if isinstance(content.get(name), Mapping)), None)
        if inner is None:
            break
        nest, content = (*nest, inner), content[inner]
    table = content.items() if isinstance(content, Mapping) else ()
    tensors = {key: value.detach() for key, value in table if isinstance(key, str) and isinstance(value, Tensor)}
    if not tensors:
        found = ", ".join(map(str, content)) if isinstance(content, Mapping) else type(content).__name__
        raise UserError(
            "weights-without-tensors",
            f"{path} holds no table of weights where they are usually kept; it holds: {found[:300]}.",
        )
    return tensors, nest
