"""What stands in an XMP sidecar, and where: a reader that remembers the place of every element.

A changed sidecar is the old bytes with something cut out or put in between: whatever else is there, comments, order of
attributes, spaces, the packet's wrapper and its padding, cannot change that way. Source of the form: the XMP
specification, part 1 (ISO 16684-1), chapter 7.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from desktop_app.engine.language import tr

Name = tuple[str, str]
"""A namespace and a name in it."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_META = "adobe:ns:meta/"
_ROOT = frozenset({(_META, "xmpmeta"), (_META, "xapmeta")})
_XML = "http://www.w3.org/XML/1998/namespace"
_LISTS = frozenset({(RDF, "Bag"), (RDF, "Seq"), (RDF, "Alt")})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
_ONE_BYTE = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})
_START_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_BLANKS = re.compile(rb"[ \t\r\n]*")


class NotOurs(Exception):
    """A sidecar that is left alone: it is broken, or in a form that Kindred does not change.

    Args:
        code: ``malformed`` or ``foreign``.
        message: in a person's words, after the file's name.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(slots=True, eq=False)
class Element:
    """One element. Places are counted in bytes of the UTF-8 form.

    Attributes:
        name: namespace and name.
        tag: as written.
        start: of its start tag.
        inner: behind its start tag.
        close: of its end tag; for one without (``<a/>``) the same as ``inner``.
        end: behind all of it.
        attributes: of its start tag, without namespace declarations.
        prefixes: namespaces in scope inside it, by prefix.
        children: elements directly in it.
        text: characters directly in it.
    """

    name: Name
    tag: str
    start: int
    inner: int
    attributes: dict[Name, str]
    prefixes: Mapping[str, str]
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)
    text: str = ""

    @property
    def alone(self) -> bool:
        """Whether it has no end tag."""
        return self.close == self.inner == self.end


@dataclass(frozen=True, slots=True)
class Property:
    """One property where it is an element, with its list.

    Attributes:
        element: of the property.
        box: its rdf:Bag, rdf:Seq or rdf:Alt; None where it is empty.
    """

    element: Element
    box: Element | None

    @property
    def values(self) -> list[str | None]:
        """The text of each entry; None for one that is no plain text, which equals nothing."""
        return [_value(entry) for entry in self.box.children] if self.box is not None else []


@dataclass(frozen=True, slots=True)
class Packet:
    """A sidecar that was read.

    Attributes:
        data: its text as UTF-8, without a byte order mark.
        mark: the byte order mark it had.
        encoding: it is stored in.
        rdf: the element with everything in it.
    """

    data: bytes
    mark: bytes
    encoding: str
    rdf: Element

    @property
    def descriptions(self) -> list[Element]:
        """The parts that hold the properties of the photo."""
        return [child for child in self.rdf.children if child.name == (RDF, "Description")]

    def properties(self, name: Name) -> list[Property]:
        """Where a list property stands; more than one place is allowed.

        Raises:
            NotOurs: it is there in another form than a list.
        """
        found = []
        for description in self.descriptions:
            if name in description.attributes:
                raise _odd(name)
            for element in description.children:
                if element.name == name:
                    found.append(Property(element, _box(element)))
        return found

    def stored(self, data: bytes) -> bytes:
        """Changed UTF-8 text as the file's bytes; what its encoding lacks becomes a character reference."""
        return self.mark + data.decode("utf-8").encode(self.encoding, "xmlcharrefreplace")


def read(stored: bytes) -> Packet:
    """Read a sidecar. Entities and document types are refused, so that nothing is ever looked up or expanded.

    Raises:
        NotOurs: ``malformed``: it is no whole XML; ``foreign``: it is whole, and no XMP that could be changed safely.
    """
    mark, encoding = _encoding(stored)
    try:
        text = stored[len(mark) :].decode(encoding)
    except ValueError as error:
        raise NotOurs(
            "malformed", tr("it is damaged: it is not the {encoding} text that it should be", encoding=encoding.upper())
        ) from error
    if text.encode(encoding) != stored[len(mark) :]:  # pragma: no cover - none of these encodings is known to do that
        raise NotOurs("foreign", tr("its encoding cannot be kept"))
    data = text.encode("utf-8")
    root = _Reader(data).root()
    rdf = root
    if root.name in _ROOT:
        inside = [child for child in root.children if child.name == (RDF, "RDF")]
        rdf = inside[0] if len(inside) == 1 else root
    if rdf.name != (RDF, "RDF"):
        raise NotOurs("foreign", tr("it is no XMP sidecar, although its name says so"))
    if any(child.name != (RDF, "Description") for child in rdf.children):
        raise NotOurs("foreign", tr("it holds its properties in a form that Kindred does not know"))
    return Packet(data, mark, encoding, rdf)


def blanks_before(data: bytes, at: int) -> int:
    """Where the spaces and line ends before a place begin."""
    while at and data[at - 1] in b" \t\r\n":
        at -= 1
    return at


def only_blanks(data: bytes) -> bool:
    """Whether there is nothing but spaces and line ends."""
    return _BLANKS.fullmatch(data) is not None


def _encoding(stored: bytes) -> tuple[bytes, str]:
    for mark, encoding in _MARKS:
        if stored.startswith(mark):
            return mark, encoding
    for beginning, encoding in _UNMARKED:
        if stored.startswith(beginning):
            return b"", encoding
    declared = _DECLARED.match(stored[:200])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        encoding = name
    if encoding not in _ONE_BYTE:
        raise NotOurs("foreign", tr("it is written in {encoding}, which Kindred does not change", encoding=name))
    return b"", encoding


class _Reader:
    """Builds the elements; nothing here is recursive, so that no depth of nesting is too much."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._open: list[Element] = []
        self._root: Element | None = None
        self._parser = expat.ParserCreate("utf-8")
        self._parser.ordered_attributes = True
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def root(self) -> Element:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            why = expat.errors.messages[error.code]
            text = tr("it is damaged: {why} in line {line}", why=why, line=error.lineno)
            raise NotOurs("malformed", text) from error
        assert self._root is not None  # else it would not have been well-formed
        return self._root

    def _begin(self, tag: str, attributes: list[str]) -> None:
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        prefixes = self._open[-1].prefixes if self._open else {"": "", "xml": _XML}
        declared = {
            key.partition(":")[2]: value for key, value in pairs.items() if key == "xmlns" or key.startswith("xmlns:")
        }
        if declared:
            prefixes = {**prefixes, **declared}
        named = {
            _resolve(key, prefixes, attribute=True): value
            for key, value in pairs.items()
            if key != "xmlns" and not key.startswith("xmlns:")
        }
        start = self._parser.CurrentByteIndex
        whole = _START_TAG.match(self._data, start)
        assert whole is not None  # the parser has just seen it end
        element = Element(_resolve(tag, prefixes), tag, start, whole.end(), named, prefixes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, tag: str) -> None:
        element = self._open.pop()
        if self._data[element.inner - 2 : element.inner] == b"/>":
            element.close = element.end = element.inner
        else:
            element.close = self._parser.CurrentByteIndex
            element.end = self._data.index(b">", element.close) + 1

    def _text(self, text: str) -> None:
        self._open[-1].text += text


def _refuse_doctype(*_: object) -> None:
    raise NotOurs("foreign", tr("it declares a document type, which no photo program writes"))


def _resolve(name: str, prefixes: Mapping[str, str], *, attribute: bool = False) -> Name:
    prefix, colon, local = name.rpartition(":")
    if attribute and not colon:
        return "", name
    if prefix not in prefixes:
        text = tr("it is damaged: it uses {prefix}: and does not say what that is", prefix=prefix)
        raise NotOurs("malformed", text)
    return prefixes[prefix], local


def _box(element: Element) -> Element | None:
    if not element.children and not element.text.strip() and not element.attributes:
        return None
    box = element.children[0] if len(element.children) == 1 else element
    plain = not element.attributes and not element.text.strip() and not box.text.strip()
    if box.name not in _LISTS or not plain or any(child.name != (RDF, "li") for child in box.children):
        raise _odd(element.name)
    return box


def _odd(name: Name) -> NotOurs:
    text = tr("it has {name} in a form that Kindred does not change", name=name[1])
    return NotOurs("foreign", text)


def _value(entry: Element) -> str | None:
    plain = not entry.children and not any(space == RDF for space, _ in entry.attributes)
    return entry.text.strip() if plain else None


def prefix_for(scope: Mapping[str, str], namespace: str) -> str | None:
    """A prefix that stands for a namespace in a scope; None where there is none."""
    return next((prefix for prefix, space in scope.items() if prefix and space == namespace), None)


def entries(found: list[Property]) -> Iterator[tuple[Property, Element, str | None]]:
    """Every entry of a property, wherever it stands, with its text."""
    for place in found:
        if place.box is not None:
            for entry, value in zip(place.box.children, place.values, strict=True):
                yield place, entry, value
