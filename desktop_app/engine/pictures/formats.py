"""The formats Kindred meets in photo folders, and how to tell them apart by content.

A file's name says what somebody believed; its first bytes say what it is. Formats that are programs in disguise
(PostScript, EPS, PDF, Windows metafiles) are recognized only in order to be refused. So are pictures that the libraries
at hand do not read, or not safely: their owner is told what they are, and what to do. Only where the content of those
says nothing, as with Targa, their ending does.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Literal

from desktop_app.engine.language import tr_noop
from desktop_app.engine.pictures import reasons

HEAD_BYTES = 4096
"""How much of a file's beginning `sniff` wants to see."""


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the formats table.

    Attributes:
        name: key in `FORMATS`.
        title: what a person calls it, in English.
        extensions: usual ones, lower case with the dot.
        kind: ``image`` is decoded by Pillow or libheif, ``raw`` by LibRaw; ``refused`` is a picture Kindred does not
            decode; ``document`` may hold pictures but is none.
        pillow: the Pillow decoders allowed to read it; nothing else is ever tried. None for libheif's.
        bytes_per_pixel: measured peak memory of decoding one pixel of an opaque picture to RGB, with what the codec
            needs inside; 0 for what is costed by its own rule.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    kind: Literal["image", "raw", "refused", "document"]
    pillow: tuple[str, ...] = ()
    bytes_per_pixel: int = 0


_RAW_EXTENSIONS = (
    ".3fr .arw .cr2 .cr3 .crw .dcr .dng .erf .fff .gpr .iiq .k25 .kdc .mef .mos .mrw .nef .nrw .orf .pef .raf .raw"
    " .rw2 .rwl .sr2 .srf .srw .x3f"
)

FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"), "image", ("JPEG",), 5),
        Format("png", "PNG", (".png", ".apng"), "image", ("PNG",), 5),
        Format("webp", "WebP", (".webp",), "image", ("WEBP",), 17),
        Format("gif", "GIF", (".gif",), "image", ("GIF",), 5),
        Format("bmp", "BMP", (".bmp", ".dib"), "image", ("BMP",), 5),
        Format("tiff", "TIFF", (".tif", ".tiff"), "image", ("TIFF",), 8),
        Format("ppm", "PPM", (".ppm", ".pgm", ".pbm", ".pnm", ".pfm"), "image", ("PPM",), 5),
        Format("heif", "HEIF", (".heic", ".heif", ".hif", ".heics", ".heifs"), "image"),
        Format("avif", "AVIF", (".avif", ".avifs"), "image", ("AVIF",), 12),
        Format("jpeg-2000", "JPEG 2000", (".jp2", ".j2k", ".j2c", ".jpx", ".jpf"), "image", ("JPEG2000",), 21),
        Format("psd", tr_noop("Photoshop document"), (".psd", ".psb"), "image", ("PSD",), 8),
        Format("ico", tr_noop("Windows icon"), (".ico",), "image", ("ICO",), 16),
        Format("raw", tr_noop("camera RAW"), tuple(_RAW_EXTENSIONS.split()), "raw"),
        Format("jpeg-xl", "JPEG XL", (".jxl",), "refused"),
        Format("qoi", "QOI", (".qoi",), "refused"),  # Pillow reads it in Python, a second for a million pixels
        Format("jpeg-xr", "JPEG XR", (".jxr", ".wdp", ".hdp"), "refused"),
        Format("jpeg-ls", "JPEG-LS", (".jls",), "refused"),
        Format("bpg", "BPG", (".bpg",), "refused"),
        Format("flif", "FLIF", (".flif",), "refused"),
        Format("tga", "Targa", (".tga",), "refused"),
        Format("pcx", "PCX", (".pcx", ".dcx"), "refused"),
        Format("sgi", tr_noop("SGI image"), (".sgi", ".rgb", ".rgba", ".bw"), "refused"),
        Format("sun", tr_noop("Sun raster"), (".ras",), "refused"),
        Format("pict", tr_noop("QuickDraw picture"), (".pict", ".pct"), "refused"),
        Format("ilbm", tr_noop("Amiga picture"), (".lbm", ".ilbm"), "refused"),
        Format("pcd", "Photo CD", (".pcd",), "refused"),
        Format("fpx", "FlashPix", (".fpx",), "refused"),
        Format("pam", "PAM", (".pam",), "refused"),
        Format("xbm", tr_noop("X bitmap"), (".xbm",), "refused"),
        Format("xpm", tr_noop("X pixmap"), (".xpm",), "refused"),
        Format("wbmp", tr_noop("wireless bitmap"), (".wbmp",), "refused"),
        Format("mng", tr_noop("MNG animation"), (".mng", ".jng"), "refused"),
        Format("fli", "Autodesk FLIC", (".fli", ".flc"), "refused"),
        Format("exr", "OpenEXR", (".exr",), "refused"),
        Format("hdr", "Radiance HDR", (".hdr",), "refused"),
        Format("dpx", tr_noop("film scan"), (".dpx", ".cin"), "refused"),
        Format("dicom", "DICOM", (".dcm", ".dicom"), "refused"),
        Format("fits", "FITS", (".fits", ".fts"), "refused"),
        Format("eip", tr_noop("Capture One package"), (".eip",), "refused"),
        Format("lytro", tr_noop("Lytro light field"), (".lfp", ".lfr"), "refused"),
        Format("xcf", tr_noop("GIMP document"), (".xcf",), "refused"),
        Format("krita", tr_noop("Krita document"), (".kra", ".krz"), "refused"),
        Format("openraster", tr_noop("OpenRaster document"), (".ora",), "refused"),
        Format("clip-studio", tr_noop("Clip Studio document"), (".clip",), "refused"),
        Format("procreate", tr_noop("Procreate document"), (".procreate",), "refused"),
        Format("affinity", tr_noop("Affinity document"), (".afphoto", ".afdesign", ".afpub"), "refused"),
        Format("paint-shop-pro", tr_noop("Paint Shop Pro document"), (".pspimage",), "refused"),
        Format("paint-net", tr_noop("Paint.NET document"), (".pdn",), "refused"),
        Format("sai", tr_noop("PaintTool SAI document"), (".sai", ".sai2"), "refused"),
        Format("eps", "PostScript", (".eps", ".epsf", ".epsi", ".ps"), "refused"),
        Format("wmf", tr_noop("Windows metafile"), (".wmf", ".emf", ".wmz", ".emz"), "refused"),
        Format("svg", tr_noop("SVG drawing"), (".svg", ".svgz"), "refused"),
        Format("cdr", tr_noop("CorelDRAW drawing"), (".cdr",), "refused"),
        Format("icon", tr_noop("icon"), (".cur", ".ani", ".icns"), "refused"),
        Format("dds", tr_noop("DirectDraw surface"), (".dds",), "refused"),
        Format("blp", tr_noop("Blizzard texture"), (".blp",), "refused"),
        Format("texture", tr_noop("game texture"), (".ktx", ".ktx2", ".pvr", ".vtf", ".astc"), "refused"),
        Format("djvu", "DjVu", (".djvu", ".djv"), "document"),
        Format("pdf", "PDF", (".pdf",), "document"),
    )
}

IMAGE_EXTENSIONS: frozenset[str] = frozenset(
    extension for row in FORMATS.values() if row.kind != "document" for extension in row.extensions
)
RAW_EXTENSIONS: frozenset[str] = frozenset(FORMATS["raw"].extensions)
REFUSED_BY_ENDING: dict[str, str] = {
    extension: row.name for row in FORMATS.values() if row.kind == "refused" for extension in row.extensions
}
"""What a file whose content tells nothing is by its ending, where that is a kind that is not read."""
READ_EXTENSIONS: frozenset[str] = IMAGE_EXTENSIONS - REFUSED_BY_ENDING.keys()

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff\xf7", "jpeg-ls"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0\x10\0\0\0CR", "raw"),
    (b"IIRO", "raw"),
    (b"IIRS", "raw"),
    (b"MMOR", "raw"),
    (b"IIU\0", "raw"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"\0MRM", "raw"),
    (b"II\x1a\0\0\0HEAPCCDR", "raw"),
    (b"FOVb", "raw"),
    (b"\xff\x0a", "jpeg-xl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jpeg-xl"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg-2000"),
    (b"\xff\x4f\xff\x51", "jpeg-2000"),
    (b"8BPS", "psd"),
    (b"qoif", "qoi"),
    (b"gimp xcf", "xcf"),
    (b"%!PS", "eps"),
    (b"\xc5\xd0\xd3\xc6", "eps"),
    (b"%PDF-", "pdf"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"icns", "icon"),
    (b"v/1\x01", "exr"),
    (b"#?RADIANCE", "hdr"),
    (b"#?RGBE", "hdr"),
    (b"DDS ", "dds"),
    (b"BLP1", "blp"),
    (b"BLP2", "blp"),
    (b"AT&TFORM", "djvu"),
    (b"II\xbc\x01", "jpeg-xr"),
    (b"BPG\xfb", "bpg"),
    (b"FLIF", "flif"),
    (b"\xb1\x68\xde\x3a", "pcx"),
    (b"\x59\xa6\x6a\x95", "sun"),
    (b"P7\n", "pam"),
    (b"/* XPM */", "xpm"),
    (b"\x8aMNG\r\n\x1a\n", "mng"),
    (b"\x8bJNG\r\n\x1a\n", "mng"),
    (b"SDPX", "dpx"),
    (b"XPDS", "dpx"),
    (b"\x80\x2a\x5f\xd7", "dpx"),
    (b"SIMPLE  =", "fits"),
    (b"\x89LFP\r\n\x1a\n", "lytro"),
    (b"CSFCHUNK", "clip-studio"),
    (b"\0\xffKA", "affinity"),
    (b"Paint Shop Pro Image File", "paint-shop-pro"),
    (b"PDN3", "paint-net"),
    (b"SAI-CANVAS", "sai"),
    (b"\x01\0\x09\0\0\x03", "wmf"),
    (b"\xabKTX ", "texture"),
    (b"PVR\x03", "texture"),
    (b"VTF\0", "texture"),
    (b"\x13\xab\xa1\x5c", "texture"),
)
_SIGNATURES_INSIDE: tuple[tuple[int, bytes, str], ...] = (
    (40, b" EMF", "wmf"),
    (30, b"mimetypeapplication/x-krita", "krita"),  # the first file of a ZIP archive
    (30, b"mimetypeimage/openraster", "openraster"),
    (128, b"DICM", "dicom"),
    (522, b"\0\x11\x02\xff", "pict"),
    (2048, b"PCD_IPI", "pcd"),
)
_XBM = re.compile(rb"(/\*.*?\*/\s*)?#define\s+\w*width\s+\d+\s+#define\s+\w*height\s+\d", re.DOTALL)
_PSD_MODES = {
    0: tr_noop("bitmap"),
    1: tr_noop("gray"),
    2: tr_noop("palette"),
    3: "RGB",
    4: "CMYK",
    7: tr_noop("multichannel"),
    8: tr_noop("duotone"),
    9: "Lab",
}
_HOLLOW = 64
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BMP_HEADER_SIZES = {12, 16, 40, 52, 56, 64, 108, 124}
_NETPBM = re.compile(rb"P[1-6](\s+#[^\n]*\n|\s)+\d|P[Ff]\s+\d")
_PCX_ENCODINGS = frozenset(bytes((packed, bits)) for packed in (0, 1) for bits in (1, 2, 4, 8))
_SVG = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]", re.DOTALL)
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"}


def sniff(head: bytes) -> str | None:
    """Name the format of a file from its first `HEAD_BYTES` bytes; None when it is no picture known here."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if head[4:8] == b"ftyp":
        return _isobmff(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "raw" if tiff_holds_raw(head) else "tiff"
    if head[:2] == b"BM" and len(head) >= 18 and head[14] in _BMP_HEADER_SIZES and head[15:18] == b"\0\0\0":
        return "bmp"
    if _NETPBM.match(head):
        return "ppm"
    if head[:4] in (b"\0\0\x01\0", b"\0\0\x02\0") and len(head) >= 10 and 0 < head[4] and head[5] == 0 == head[9]:
        return "ico" if head[2] == 1 else "icon"
    if head[:2] == b"\x01\xda" and head[2:3] in (b"\0", b"\x01") and head[3:4] in (b"\x01", b"\x02"):
        return "sgi"
    if head[4:6] in (b"\x11\xaf", b"\x12\xaf") and head[14:16] in (b"\0\0", b"\x03\0"):
        return "fli"
    if _SVG.match(head):
        return "svg"
    return _unread(head)


def _unread(head: bytes) -> str | None:
    """Name what is recognized only to be refused, and has no mark at its beginning."""
    for offset, signature, name in _SIGNATURES_INSIDE:
        if head.startswith(signature, offset):
            return name
    if head[:4] == b"RIFF" and (head[8:11] == b"CDR" or head[8:12] == b"ACON"):
        return "cdr" if head[8:11] == b"CDR" else "icon"
    if head[:4] == b"FORM" and head[8:12] in (b"ILBM", b"PBM ", b"ACBM"):
        return "ilbm"
    if head[:1] == b"\n" and head[1:2] in (b"\0", b"\2", b"\3", b"\4", b"\5") and head[2:4] in _PCX_ENCODINGS:
        return "pcx"
    return "xbm" if _XBM.match(head) else None


def recognize(head: bytes, extension: str) -> str | None:
    """Name the format of a file from its first `HEAD_BYTES` bytes, and from its ending where these tell nothing.

    Args:
        head: the bytes.
        extension: in lower case, with the dot.
    """
    return sniff(head) or REFUSED_BY_ENDING.get(extension)


def refusal(name: str) -> str:
    """Why a picture of this kind is not shown, and what to do; in English, see `reasons`."""
    return reasons.NOT_READ.format(format=FORMATS[name].title)


def _isobmff(head: bytes) -> str | None:
    # The major brand of an AVIF may be the generic "mif1": the compatible brands decide.
    end = min(max(int.from_bytes(head[:4], "big"), 16), len(head))
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, end - 3, 4)}
    if head[8:12] == b"crx ":
        return "raw"
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heif" if brands & _HEIF_BRANDS else None


def tiff_holds_raw(head: bytes) -> bool:
    """Tell camera RAW in a TIFF container from a TIFF picture, by the first directory as far as ``head`` has it."""
    order = "<" if head[:2] == b"II" else ">"
    if head[2:4] not in (b"*\0", b"\0*") or len(head) < 8:
        return False
    offset = struct.unpack_from(order + "I", head, 4)[0]
    if offset + 2 > len(head):
        return False
    tags: dict[int, int] = {}
    for index in range(struct.unpack_from(order + "H", head, offset)[0]):
        at = offset + 2 + 12 * index
        if at + 12 > len(head):
            break
        tag, kind = struct.unpack_from(order + "HH", head, at)
        tags[tag] = struct.unpack_from(order + ("H" if kind == 3 else "I"), head, at + 8)[0]
    dng_version, make, sub_ifds, subfile_type, photometric = 50706, 271, 330, 254, 262
    if dng_version in tags or tags.get(photometric) in (32803, 34892):
        return True
    # Nikon, Sony and others put a reduced preview first and the sensor data into a sub-directory.
    return make in tags and sub_ifds in tags and tags.get(subfile_type) == 1


def psd_kind(data: bytes) -> str:
    """What is rare about a Photoshop document, in words, by its header; empty for the common kinds."""
    if len(data) < 26 or data[4:6] == b"\0\2":
        return tr_noop("large document") if len(data) >= 26 else ""
    depth, mode = struct.unpack_from(">HH", data, 22)
    if mode not in _PSD_MODES:
        return ""
    return "" if depth == 8 else f"{_PSD_MODES[mode]}, {depth} bits" if depth in (1, 8, 16, 32) else ""


def jpeg_kind(data: bytes) -> str:
    """What is rare about a JPEG, in words, by its frame header; empty for the common kinds and where there is none."""
    at = 2
    while at + 5 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in _JPEG_FRAMES:
            bits = data[at + 4]
            rare = tr_noop("lossless") if marker in (0xC3, 0xCB) else tr_noop("hierarchical") if marker & 7 > 4 else ""
            return rare or (f"{bits} bits" if bits in (2, 4, 10, 12, 14, 16) else "")
        elif marker == 0xDA:
            break
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return ""


def jpeg_frame(data: bytes | bytearray) -> int | None:
    """Where the frame header of a JPEG stands, from its marker on; None where the header is not there up to a scan."""
    at, frame = 2, None
    while at + 10 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:
            return frame
        if marker in _JPEG_FRAMES:
            frame = at
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def jpeg_share(data: bytes) -> float:
    """How much of a JPEG's picture is there: below 1 where it ends in zeros instead of its end marker.

    Copies that were cut off end so, on disks that lay out files beforehand; to decoders zeros are valid data.
    """
    if data[-_HOLLOW:] != bytes(_HOLLOW):
        return 1.0
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        at += 1 if data[at + 1] == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    if data.find(b"\xff\xd9", at) >= 0:  # what stands behind the end of a whole picture is no part of it
        return 1.0
    start = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return max(0, len(data.rstrip(b"\0")) - start) / max(1, len(data) - start)


def png_space(data: bytes) -> tuple[int, int] | None:
    """Color primaries and transfer function that a PNG names (ITU-T H.273); None where it names none."""
    at = 8
    while at + 12 <= len(data) and data[at + 4 : at + 8] != b"IDAT":
        if data[at + 4 : at + 8] == b"cICP":
            return data[at + 8], data[at + 9]
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return None


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from a WebP header, read before Pillow allocates the canvas; None when it has none."""
    chunk = data[12:16]
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a" and len(data) >= 30:
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if chunk == b"VP8X" and len(data) >= 30:
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if chunk == b"VP8L" and len(data) >= 25 and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    return None
