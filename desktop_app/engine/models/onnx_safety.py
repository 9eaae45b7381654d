"""Reads the raw bytes of an ONNX file far enough to refuse what a model must not contain.

onnxruntime resolves external data of a model loaded from bytes against the working directory (seen with 1.31), so
that loading from bytes alone does not make a file self-contained. Hence this small walk over the protobuf wire
format, which needs no further package: field numbers are those of onnx.proto3, stable by protobuf's own rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.engine.language import tr

MAX_ONNX_BYTES = 512 * 2**20
_MAX_DEPTH = 24
_MAX_FIELDS = 2_000_000
_STANDARD_DOMAINS = ("", "ai.onnx")

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5

_CHILDREN: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {},
}
_NODE_OPERATOR = 4
_NODE_DOMAIN = 7
_BY_BATCH = b"DynamicQuantizeLinear"
_TENSOR_EXTERNAL_DATA = 13
_TENSOR_DATA_LOCATION = 14


class UnsafeModel(Exception):
    """The bytes are not an ONNX model that may be run; the message says why."""


def refuse_unsafe(data: bytes) -> None:
    """Check that a model is whole, self-contained and made of standard operators only.

    Args:
        data: the bytes of an ``.onnx`` file.

    Raises:
        UnsafeModel: not readable as ONNX, over `MAX_ONNX_BYTES`, with external data, with operators outside the
            standard ONNX set, or quantized dynamically.
    """
    if len(data) > MAX_ONNX_BYTES:
        raise UnsafeModel(tr("it is larger than {limit} MiB", limit=MAX_ONNX_BYTES >> 20))
    budget = [_MAX_FIELDS]
    has_graph = False
    for field, _, value in _fields(memoryview(data), budget):
        if (child := _CHILDREN["model"].get(field)) and isinstance(value, memoryview):
            has_graph |= child == "graph"
            _walk(value, child, 1, budget)
    if not has_graph:
        raise UnsafeModel(tr("it is not an ONNX model"))


def _walk(message: memoryview, kind: str, depth: int, budget: list[int]) -> None:
    if depth > _MAX_DEPTH:
        raise UnsafeModel(tr("its graphs are nested too deeply"))
    for field, number, value in _fields(message, budget):
        if kind == "tensor" and (field == _TENSOR_EXTERNAL_DATA or (field == _TENSOR_DATA_LOCATION and number)):
            raise UnsafeModel(tr("it keeps weights in other files"))
        if not isinstance(value, memoryview):
            continue
        if kind == "node" and field == _NODE_DOMAIN:
            domain = bytes(value).decode("utf-8", "replace")
            if domain not in _STANDARD_DOMAINS:
                raise UnsafeModel(tr("it uses operators outside standard ONNX ({name})", name=repr(domain[:60])))
        if kind == "node" and field == _NODE_OPERATOR and value == _BY_BATCH:
            # Its scale is that of all pictures run at once, so that a photo's vector changes with its company.
            raise UnsafeModel(
                tr("it is quantized dynamically, so that vectors depend on the batch: quantize it statically")
            )
        if child := _CHILDREN[kind].get(field):
            _walk(value, child, depth + 1, budget)


def _fields(message: memoryview, budget: list[int]) -> Iterator[tuple[int, int, memoryview | None]]:
    """Yield (field number, value if a varint else 0, value if length-delimited else None)."""
    at, end = 0, len(message)
    while at < end:
        budget[0] -= 1
        if budget[0] < 0:
            raise UnsafeModel(tr("it has too many parts"))
        tag, at = _varint(message, at)
        field, wire = tag >> 3, tag & 7
        if wire == _VARINT:
            number, at = _varint(message, at)
            yield field, number, None
        elif wire == _BYTES:
            size, at = _varint(message, at)
            if size > end - at:
                raise UnsafeModel(tr("it is cut short or not an ONNX model"))
            yield field, 0, message[at : at + size]
            at += size
        elif wire in (_FIXED32, _FIXED64):
            at += 4 if wire == _FIXED32 else 8
            if at > end:
                raise UnsafeModel(tr("it is cut short or not an ONNX model"))
        else:
            raise UnsafeModel(tr("it is not an ONNX model"))


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(message) and shift < 70:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise UnsafeModel(tr("it is cut short or not an ONNX model"))
