"""Sidecars as programs write them, and what of one is left when the keywords are taken out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from io import StringIO

from desktop_app.engine.keywords.merge import HIERARCHY, OWN, SUBJECT, TAGS
from desktop_app.engine.keywords.packet import RDF, Name, entries, read

KEYWORDS = (SUBJECT, HIERARCHY, TAGS)

DIGIKAM = """\
<?xml version="1.0" encoding="UTF-8"?>
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
   digiKam:PickLabel="0"
   digiKam:ColorLabel="3"
   xmp:Rating="4">
   <digiKam:TagsList>
    <rdf:Seq>
     <rdf:li>People/Grandma &amp; Grandpa</rdf:li>
     <rdf:li>Sea</rdf:li>
    </rdf:Seq>
   </digiKam:TagsList>
   <dc:subject>
    <rdf:Bag>
     <rdf:li>Grandma &amp; Grandpa</rdf:li>
     <rdf:li>Sea</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <lr:hierarchicalSubject>
    <rdf:Bag>
     <rdf:li>People|Grandma &amp; Grandpa</rdf:li>
     <rdf:li>Sea</rdf:li>
    </rdf:Bag>
   </lr:hierarchicalSubject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""

DARKTABLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
   xmp:Rating="1"
   darktable:xmp_version="5"
   darktable:history_end="2">
   <darktable:history>
    <rdf:Seq>
     <rdf:li
      darktable:num="0"
      darktable:operation="exposure"
      darktable:params="00000000000080b93333b33f"/>
     <rdf:li
      darktable:num="1"
      darktable:operation="sharpen"
      darktable:params="gz03eJxjYGBgkGDw"/>
    </rdf:Seq>
   </darktable:history>
   <dc:subject>
    <rdf:Seq>
     <rdf:li>holiday</rdf:li>
    </rdf:Seq>
   </dc:subject>
   <lr:hierarchicalSubject>
    <rdf:Seq>
     <rdf:li>trips|holiday</rdf:li>
    </rdf:Seq>
   </lr:hierarchicalSubject>
   <darktable:mask_id>
    <rdf:Seq/>
   </darktable:mask_id>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""

LIGHTROOM = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0-c000 1.000000, 0000/00/00-00:00:00        ">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
   tiff:Orientation="1"
   photoshop:SidecarForExtension="CR2"
   crs:Exposure2012="+0.35"
   crs:HasSettings="True">
   <xmpMM:History>
    <rdf:Seq>
     <rdf:li
      stEvt:action="saved"
      stEvt:changed="/metadata"/>
    </rdf:Seq>
   </xmpMM:History>
   <crs:ToneCurvePV2012>
    <rdf:Seq>
     <rdf:li>0, 0</rdf:li>
     <rdf:li>255, 255</rdf:li>
    </rdf:Seq>
   </crs:ToneCurvePV2012>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""

ATTRIBUTES_ONLY = (
    """\
<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/'>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
  <rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='5' xmp:Label='a "b" > c' />
</rdf:RDF>
</x:xmpmeta>
<!-- a comment of somebody's -->
"""
    + (" " * 100 + "\n") * 20
    + "<?xpacket end='w'?>"
)

EXIFTOOL = """\
<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='Image::ExifTool 12.99'>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>

 <rdf:Description rdf:about=''
  xmlns:xmp='http://ns.adobe.com/xap/1.0/'>
  <xmp:Rating>2</xmp:Rating>
 </rdf:Description>

 <rdf:Description rdf:about=''
  xmlns:dc='http://purl.org/dc/elements/1.1/'>
  <dc:subject>
   <rdf:Bag>
    <!-- kept -->
    <rdf:li>caf\u00e9</rdf:li>
    <rdf:li xml:lang='de'>Strand</rdf:li>
   </rdf:Bag>
  </dc:subject>
 </rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end='w'?>"""

COMPACT = (
    "<RDF xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><Description about='' "
    "xmlns:kw='http://purl.org/dc/elements/1.1/'><kw:subject><Bag><li>x</li></Bag></kw:subject>"
    "</Description></RDF>"
)

EMPTY_LISTS = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/">\r
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\r
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/">\r
   <dc:subject>\r
    <rdf:Bag/>\r
   </dc:subject>\r
   <lr:hierarchicalSubject/>\r
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default"><![CDATA[<b> & co]]></rdf:li></rdf:Alt></dc:title>\r
  </rdf:Description>\r
 </rdf:RDF>\r
</x:xmpmeta>\r
"""

TWO_PLACES = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description><dc:subject><rdf:Bag><rdf:li>one</rdf:li></rdf:Bag></dc:subject></rdf:Description>
  <rdf:Description><dc:subject><rdf:Bag><rdf:li>two</rdf:li></rdf:Bag></dc:subject></rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""

TAKEN_PREFIXES = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:dc="urn:another" xmlns:lr="urn:another-lr" dc:a="1">
 <r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <r:Description r:about="" xmlns:rdf="urn:not-rdf"><rdf:thing>1</rdf:thing>
   <dc:subject>not a keyword</dc:subject></r:Description>
 </r:RDF>
</x:xmpmeta>
"""

SAMPLES = {
    "digikam": DIGIKAM,
    "darktable": DARKTABLE,
    "lightroom": LIGHTROOM,
    "attributes only, padded": ATTRIBUTES_ONLY,
    "exiftool": EXIFTOOL,
    "compact": COMPACT,
    "empty lists": EMPTY_LISTS,
    "two places": TWO_PLACES,
    "taken prefixes": TAKEN_PREFIXES,
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16", "utf-32")


def stored(sample: str, encoding: str) -> bytes:
    """A sample in an encoding; a declaration in it says UTF-8 whatever it is in, as some programs have it."""
    return sample.encode(encoding)


def keywords(data: bytes, name: Name) -> list[str | None]:
    """The entries of one property, wherever they stand."""
    return [value for _, _, value in entries(read(data).properties(name))]


def rest(data: bytes, *without: str) -> str:
    """The canonical XML of everything but the three keyword lists' given entries and Kindred's own notes.

    Lists that are empty then go as well, and so do spaces between elements.
    """
    text = data.decode(_encoding(data)).lstrip("\ufeff")
    text = re.sub(r"<\?xml [^>]*\?>", "", text)
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True, insert_pis=True))
    # Around everything, so that comments and instructions outside the root count as well.
    root = ET.fromstring(f"<everything>{text}</everything>", parser)
    wanted = {f"{{{space}}}{local}" for space, local in KEYWORDS}
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str):
                continue
            if child.tag.startswith(f"{{{OWN}}}"):
                parent.remove(child)
            elif child.tag in wanted:
                for box in list(child):
                    for entry in list(box):
                        if entry.tag == f"{{{RDF}}}li" and (entry.text or "").strip() in without:
                            box.remove(entry)
                    if not len(box):
                        child.remove(box)
                if not len(child):
                    parent.remove(child)
    out = StringIO()
    ET.ElementTree(root).write(out, encoding="unicode")
    return ET.canonicalize(out.getvalue(), strip_text=True, with_comments=True)


def _encoding(data: bytes) -> str:
    packet = read(data)
    return "utf-8" if packet.encoding == "utf-8" else packet.encoding
