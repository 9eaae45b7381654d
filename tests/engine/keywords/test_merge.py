from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.keywords.merge import HIERARCHY, OWN, SUBJECT, TAGS, keyword_of, merged, spellings
from desktop_app.engine.keywords.packet import NotOurs, read
from tests.helpers.xmp import DIGIKAM, ENCODINGS, EXIFTOOL, LIGHTROOM, SAMPLES, keywords, rest, stored

PROPERTIES = (SUBJECT, HIERARCHY, TAGS)
NAMES = st.text(min_size=1, max_size=40)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_keyword_comes_in_and_everything_else_stays(sample: str, encoding: str) -> None:
    before = stored(SAMPLES[sample], encoding)
    after = merged(before, "Beach & Söhne")
    for name, spelled in spellings("Beach & Söhne").items():
        assert keywords(after, name) == [*keywords(before, name), spelled]
        assert keywords(after, (OWN, name[1])) == [spelled]
    assert rest(after, *spellings("Beach & Söhne").values()) == rest(before)
    assert (read(after).mark, read(after).encoding) == (read(before).mark, read(before).encoding)
    assert merged(after, "Beach & Söhne") == after


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_but_lines_of_keywords_is_put_into_the_text(sample: str, encoding: str) -> None:
    before = stored(SAMPLES[sample], encoding)
    old, new = (read(data).data.decode() for data in (before, merged(before, "Beach")))
    at = 0
    for piece in re.split(r"(?<=>)", old):  # in their old order, each whole but for the tag that gets contents
        piece = re.sub(r"\s*/>$", "", piece)
        found = new.find(piece, at)
        assert found >= 0, piece
        at = found + len(piece)


@pytest.mark.parametrize("sample", SAMPLES)
def test_another_group_replaces_only_what_kindred_wrote(sample: str) -> None:
    before = stored(SAMPLES[sample], "utf-8")
    after = merged(merged(merged(before, "Beach"), "Sea"), "Wood")
    for name, spelled in spellings("Wood").items():
        assert keywords(after, name) == [*keywords(before, name), spelled]
        assert keywords(after, (OWN, name[1])) == [spelled]
    assert rest(after, *spellings("Wood").values()) == rest(before)


def test_a_word_that_was_there_before_is_the_persons_and_stays() -> None:
    after = merged(stored(DIGIKAM, "utf-8"), "Sea")
    assert keywords(after, SUBJECT) == ["Grandma & Grandpa", "Sea"]
    assert keywords(after, TAGS) == ["People/Grandma & Grandpa", "Sea", "Kindred/Sea"]
    assert keywords(after, (OWN, "subject")) == []
    after = merged(after, "Wood")
    assert keywords(after, SUBJECT) == ["Grandma & Grandpa", "Sea", "Wood"]
    assert keywords(after, TAGS) == ["People/Grandma & Grandpa", "Sea", "Kindred/Wood"]
    # And back to the person's own word: what Kindred wrote goes, and its note with it.
    after = merged(after, "Sea")
    assert keywords(after, SUBJECT) == ["Grandma & Grandpa", "Sea"]
    assert keywords(after, (OWN, "subject")) == []
    assert rest(after, *spellings("Sea").values()) == rest(stored(DIGIKAM, "utf-8"), "Sea")


def test_what_the_person_changed_of_kindreds_keywords_is_theirs() -> None:
    written = merged(stored(LIGHTROOM, "utf-8"), "Beach")
    # A keyword taken out by hand comes back when it is asked for again, and a renamed one is not Kindred's any more.
    renamed = written.replace(b"<rdf:li>Kindred/Beach</rdf:li>", b"<rdf:li>Kindred/My beach</rdf:li>", 1)
    after = merged(renamed, "Sea")
    assert keywords(after, TAGS) == ["Kindred/My beach", "Kindred/Sea"]
    removed = merged(written.replace(b"<rdf:li>Beach</rdf:li>", b"", 1), "Beach")
    assert keywords(removed, SUBJECT) == ["Beach"]


def test_a_comment_among_the_keywords_outlives_the_last_of_them() -> None:
    only = EXIFTOOL.replace("<rdf:li>caf\u00e9</rdf:li>", "").replace("<rdf:li xml:lang='de'>Strand</rdf:li>", "")
    written = merged(only.encode(), "Beach")
    # The person adds the word themselves, elsewhere; then Kindred's own entry has nothing to stand in for.
    own = written.replace(
        b"</rdf:RDF>",
        b"""<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:subject><rdf:Bag><rdf:li>Wood</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF>""",
    )
    after = merged(own, "Wood")
    assert keywords(after, SUBJECT) == ["Wood"]
    assert b"<!-- kept -->" in after


def test_a_new_sidecar_is_a_packet_that_other_programs_read() -> None:
    new = merged(None, 'A "quoted" <group>')
    assert new.decode().startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>')
    assert new.endswith(b'<?xpacket end="w"?>\n')
    assert keywords(new, SUBJECT) == ['A "quoted" <group>']
    text = new.decode()
    assert re.search(r"<dc:subject>\s*<rdf:Bag>\s*<rdf:li>", text)
    assert re.search(r"<lr:hierarchicalSubject>\s*<rdf:Bag>", text)
    assert re.search(r"<digiKam:TagsList>\s*<rdf:Seq>", text)
    assert merged(new, 'A "quoted" <group>') == new


def test_what_an_encoding_lacks_becomes_a_reference() -> None:
    before = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n{EXIFTOOL}'.replace("begin=''", "begin='x'").encode(
        "latin-1"
    )
    after = merged(before, "Zürich 海")
    assert "Zürich &#28023;".encode("latin-1") in after
    assert keywords(after, SUBJECT) == ["café", "Strand", "Zürich 海"]


def test_levels_are_divided_where_the_program_divides_them_and_nowhere_else() -> None:
    assert spellings("Bike / Bus") == {
        SUBJECT: "Bike / Bus",
        HIERARCHY: "Kindred|Bike / Bus",
        TAGS: "Kindred/Bike \\ Bus",
    }
    assert spellings("a|b") == {SUBJECT: "a|b", HIERARCHY: "Kindred|a/b", TAGS: "Kindred/a|b"}


@pytest.mark.parametrize(
    ("name", "keyword"),
    [(" a \n b\t", "a b"), ("\x00\x07", "Group"), ("e\u0301", "é"), ("a\ufffeb\udc80", "ab"), ("👩‍👩‍👧 x", "👩‍👩‍👧 x")],
)
def test_a_keyword_is_one_line_that_xml_can_hold(name: str, keyword: str) -> None:
    assert keyword_of(name) == keyword


@given(first=NAMES, second=NAMES, sample=st.sampled_from(sorted(SAMPLES)), encoding=st.sampled_from(ENCODINGS))
def test_any_two_names_in_any_sidecar(first: str, second: str, sample: str, encoding: str) -> None:
    before = stored(SAMPLES[sample], encoding)
    one, two = keyword_of(first), keyword_of(second)
    after = merged(merged(before, one), two)
    assert merged(after, two) == after
    for name, spelled in spellings(two).items():
        have = keywords(before, name)
        assert keywords(after, name) == (have if spelled in have else [*have, spelled])
    assert rest(after, *spellings(two).values()) == rest(before, *spellings(two).values())


PLACE = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" {}>{}</rdf:Description></rdf:RDF></x:xmpmeta>"""


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "malformed", "damaged"),
        (b"no xml", "malformed", "line 1"),
        (DIGIKAM.encode()[:600], "malformed", "damaged"),
        (b"\xff\xfe<\x00\xd8", "malformed", "UTF-16"),
        (b"<a:b/>", "malformed", "does not say what that is"),
        (DIGIKAM.replace("<dc:subject>", "<dc:subjekt>").encode(), "malformed", "mismatched"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><a/>', "foreign", "Shift_JIS"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "foreign", "klingon"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "foreign", "document type"),
        (b"<html><body/></html>", "foreign", "no XMP"),
        (b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', "foreign", "no XMP"),
        (b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "foreign", "nothing about a photo"),
        (b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><a/></r:RDF>", "foreign", "properties"),
        (PLACE.format('dc:subject="Sea"', "").encode(), "foreign", "subject"),
        (PLACE.format("", "<dc:subject>Sea</dc:subject>").encode(), "foreign", "subject"),
        (PLACE.format("", "<dc:subject rdf:resource='x'/>").encode(), "foreign", "subject"),
        (PLACE.format("", "<dc:subject><rdf:Bag><rdf:_1>a</rdf:_1></rdf:Bag></dc:subject>").encode(), "foreign", ""),
        (PLACE.format("", "<dc:subject><rdf:Bag/>text</dc:subject>").encode(), "foreign", ""),
        (PLACE.format("", "<dc:subject><rdf:Bag/><rdf:Bag/></dc:subject>").encode(), "foreign", ""),
    ],
)  # fmt: skip
def test_what_is_broken_or_foreign_is_refused(data: bytes, code: str, words: str) -> None:
    with pytest.raises(NotOurs) as refused:
        merged(data, "Beach")
    assert refused.value.code == code
    assert words in refused.value.message


def test_entries_that_are_no_plain_words_are_nobodys_keyword_and_stay() -> None:
    odd = "<dc:subject><rdf:Bag><rdf:li rdf:parseType='Resource'><dc:x>1</dc:x></rdf:li></rdf:Bag></dc:subject>"
    after = merged(PLACE.format("", odd).encode(), "Beach")
    assert keywords(after, SUBJECT) == [None, "Beach"]
    assert odd.split("</rdf:Bag>")[0] in after.decode()


def test_no_depth_of_nesting_is_too_much() -> None:
    deep = PLACE.format("", "<dc:x>" * 50_000 + "</dc:x>" * 50_000).encode()
    assert keywords(merged(deep, "Beach"), SUBJECT) == ["Beach"]
