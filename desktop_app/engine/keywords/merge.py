"""A group's name into a sidecar: which keywords come and go, and the new bytes.

Three properties hold keywords: ``dc:subject`` (a Bag of plain words, which every program reads),
``lr:hierarchicalSubject`` (a Bag, levels divided by ``|``; Lightroom, darktable) and ``digiKam:TagsList`` (a Seq,
levels divided by ``/``). What Kindred put into each of them it writes down beside it, in three lists of the same names
under a namespace of its own: only what stands there is ever taken out again. An entry that was there before Kindred
came is the person's, also where it is the same word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from desktop_app.engine.keywords.packet import (
    RDF,
    Element,
    Name,
    NotOurs,
    Packet,
    Property,
    blanks_before,
    entries,
    only_blanks,
    prefix_for,
    read,
)
from desktop_app.engine.language import tr

ROOT = "Kindred"
"""Above every group in the two trees of keywords."""
_DC, _LR = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/lightroom/1.0/"
_DIGIKAM, OWN = "http://www.digikam.org/ns/1.0/", "urn:kindred:keywords/1.0/"
SUBJECT: Name = (_DC, "subject")
HIERARCHY: Name = (_LR, "hierarchicalSubject")
TAGS: Name = (_DIGIKAM, "TagsList")
_PREFIXES = {_DC: "dc", _LR: "lr", _DIGIKAM: "digiKam", OWN: "kindred", RDF: "rdf"}

_EMPTY = f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Kindred">
 <rdf:RDF xmlns:rdf="{RDF}">
  <rdf:Description rdf:about=""
    xmlns:dc="{_DC}"
    xmlns:lr="{_LR}"
    xmlns:digiKam="{_DIGIKAM}"
    xmlns:kindred="{OWN}"/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
""".encode()


def keyword_of(group: str) -> str:
    """A group's name as a keyword: in one line, and without what XML cannot hold."""
    known = (c for c in unicodedata.normalize("NFC", group) if c.isspace() or not _is_foreign_to_xml(c))
    return " ".join("".join(known).split()) or "Group"


def _is_foreign_to_xml(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"


def spellings(keyword: str) -> dict[Name, str]:
    """A keyword as each property spells it. What divides levels there must not divide the name: ``/`` and ``|``."""
    return {
        SUBJECT: keyword,
        HIERARCHY: f"{ROOT}|{keyword.replace('|', '/')}",
        TAGS: f"{ROOT}/{keyword.replace('/', chr(92))}",  # as digiKam itself reads a / within a level
    }


def merged(stored: bytes | None, keyword: str) -> bytes:
    """The sidecar with a keyword of Kindred's, in place of the one it wrote earlier.

    Args:
        stored: the sidecar's bytes; None where there is none yet.
        keyword: see `keyword_of`.

    Returns:
        ``stored`` itself where nothing has to change.

    Raises:
        NotOurs: it is broken, or in a form that cannot be changed without touching something else.
    """
    packet = read(_EMPTY if stored is None else stored)
    editor = _Editor(packet)
    for name, spelled in spellings(keyword).items():
        _one(packet, editor, name, spelled)
    if stored is not None and not editor.changes:
        return stored
    changed = packet.stored(editor.text())
    _make_certain(changed, keyword)
    return changed


def _one(packet: Packet, editor: _Editor, name: Name, spelled: str) -> None:
    """One of the three properties, and the list of what Kindred wrote there."""
    own = (OWN, name[1])
    places, notes = packet.properties(name), packet.properties(own)
    have = {value for _, _, value in entries(places)}
    ours = {value for _, _, value in entries(notes)}
    earlier = {value for value in ours if value is not None and value != spelled}
    missing = spelled not in have
    noted = missing and spelled not in ours
    editor.remove(places, earlier, refilled=missing)
    editor.remove(notes, earlier, refilled=noted)
    if missing:
        editor.add(places, name, spelled)
    if noted:
        editor.add(notes, own, spelled)


def _make_certain(changed: bytes, keyword: str) -> None:
    """Read back what was composed: it must say what it should, whatever unusual form it was made from."""
    packet = read(changed)
    for name, spelled in spellings(keyword).items():
        have = [value for _, _, value in entries(packet.properties(name))]
        ours = {value for _, _, value in entries(packet.properties((OWN, name[1])))}
        if spelled not in have or ours - {spelled}:
            # A net below the editor: no form is known that it would catch.
            raise NotOurs("foreign", tr("it is written in a form that Kindred does not change"))  # pragma: no cover


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    instead: bytes


class _Editor:
    """Collects what is cut out and put in, by places in the old text, and makes the new one."""

    def __init__(self, packet: Packet) -> None:
        self._packet = packet
        self._into: dict[int, tuple[Element, list[str]]] = {}
        self._cut: list[_Change] = []

    @property
    def changes(self) -> bool:
        """Whether anything is to be changed."""
        return bool(self._cut or self._into)

    def remove(self, places: Iterable[Property], values: set[str], *, refilled: bool) -> None:
        """Take entries out; a property that then holds nothing goes as well, unless another entry follows."""
        for place in places:
            box = place.box
            if box is None:
                continue
            gone = [entry for entry, value in zip(box.children, place.values, strict=True) if value in values]
            if (
                gone
                and not refilled
                and len(gone) == len(box.children)
                and self._holds_nothing_else(place.element, box)
            ):
                gone = [place.element]
            self._cut += [_Change(blanks_before(self._packet.data, one.start), one.end, b"") for one in gone]

    def _holds_nothing_else(self, element: Element, box: Element) -> bool:
        """Whether cutting a whole property with its entries loses no comment."""
        data, at, between = self._packet.data, box.inner, b""
        for entry in box.children:
            between += data[at : entry.start]
            at = entry.end
        around = data[element.inner : box.start] + data[box.end : element.close]
        return only_blanks(between + data[at : box.close] + around)

    def add(self, places: list[Property], name: Name, value: str) -> None:
        """Put an entry in: into the list that is there, else into a new one."""
        if places and (box := places[-1].box) is not None:
            self._put(box, [_entry(value, *_rdf(box.prefixes))])
        elif places:
            self._put(places[-1].element, _list_of(name, value, places[-1].element.prefixes))
        elif self._packet.descriptions:
            description = self._packet.descriptions[0]
            self._put(description, _property_of(name, value, description.prefixes))
        else:
            raise NotOurs("foreign", tr("it says nothing about a photo"))

    def _put(self, into: Element, lines: list[str]) -> None:
        """Lines, each indented by its leading spaces, at the end of an element."""
        _, known = self._into.setdefault(into.start, (into, []))
        known += lines

    def text(self) -> bytes:
        """The new text as UTF-8."""
        data = self._packet.data
        changes = [*self._cut, *(self._insertion(*one) for one in self._into.values())]
        at, parts = 0, list[bytes]()
        for change in sorted(changes, key=lambda change: (change.start, change.end)):
            parts += [data[at : change.start], change.instead]
            at = change.end
        return b"".join([*parts, data[at:]])

    def _insertion(self, into: Element, lines: list[str]) -> _Change:
        outer = self._margin(into)
        inner = self._margin(into.children[0]) if into.children else outer + (b" " if outer else b"")
        text = b"".join(inner + (line if inner else line.lstrip(" ")).encode() for line in lines)
        if not into.alone:
            at = into.children[-1].end if into.children else into.inner
            return _Change(at, at, text)
        # From <a/> to <a>...</a>.
        return _Change(blanks_before(self._packet.data, into.inner - 2), into.end, b">" + text + outer + _end_of(into))

    def _margin(self, element: Element) -> bytes:
        """The line end and the spaces before an element; empty where it follows upon something in its line."""
        data = self._packet.data
        blanks = data[blanks_before(data, element.start) : element.start]
        line_end = max(blanks.rfind(b"\n"), blanks.rfind(b"\r"))
        if line_end > 0 and blanks[line_end - 1 : line_end + 1] == b"\r\n":
            line_end -= 1
        return blanks[line_end:] if line_end >= 0 else b""


def _end_of(element: Element) -> bytes:
    return f"</{element.tag}>".encode()


def _rdf(scope: Mapping[str, str]) -> tuple[str, str]:
    """The prefix of RDF's own elements in a scope, and its declaration where there is none."""
    known = prefix_for(scope, RDF)
    return (known, "") if known else ("rdf", f' xmlns:rdf="{RDF}"')


def _entry(value: str, rdf: str, declared: str) -> str:
    return f"<{rdf}:li{declared}>{escape(value)}</{rdf}:li>"


def _list_of(name: Name, value: str, scope: Mapping[str, str]) -> list[str]:
    rdf, declared = _rdf(scope)
    kind = "Seq" if name[1] == TAGS[1] else "Bag"
    return [f"<{rdf}:{kind}{declared}>", f" {_entry(value, rdf, '')}", f"</{rdf}:{kind}>"]


def _property_of(name: Name, value: str, scope: Mapping[str, str]) -> list[str]:
    namespace, local = name
    known = prefix_for(scope, namespace)
    tag = f"{known or _PREFIXES[namespace]}:{local}"
    declared = "" if known else f' xmlns:{_PREFIXES[namespace]}="{namespace}"'
    # A prefix that is declared here for the keywords may have been that of RDF outside.
    inner = {**scope, tag.partition(":")[0]: namespace}
    return [f"<{tag}{declared}>", *(f" {line}" for line in _list_of(name, value, inner)), f"</{tag}>"]
