"""What a file is, from its first bytes; the sender's word counts only where the bytes say nothing."""

import mimetypes
import re

# (offset, signature, type); the order matters where one contains another.
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"BEGIN:VCALENDAR", "text/calendar"),
    (0, b"BEGIN:VCARD", "text/vcard"),
)
_OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_MARKUP = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(!doctype html|html|head|body|script|iframe)", re.I | re.DOTALL
)
_SVG = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype svg[^>]*>\s*)?<svg", re.I | re.DOTALL
)
# Types that the bytes above would have shown: without the signature they are not that.
SIGNED = {kind for _, _, kind in SIGNATURES} - {"application/x-ole-storage"}


def sniff(content: bytes, declared: str = "", filename: str = "") -> str:
    """The media type of `content`. A declared image, PDF or archive whose bytes are none is octet-stream."""
    head = content[:4096]
    for offset, signature, kind in SIGNATURES:
        if head[offset : offset + len(signature)] == signature and not _accident(kind, head):
            return _ole(declared, filename) if kind == "application/x-ole-storage" else kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(content)
    if _SVG.match(head):
        return "image/svg+xml"
    if _MARKUP.match(head):
        return "text/html"
    claimed = declared or mimetypes.guess_type(filename)[0] or ""
    if not content:
        return claimed or "application/octet-stream"
    if claimed and claimed not in SIGNED and not claimed.startswith(("image/", "text/", "multipart/")):
        return claimed
    return _text_or_bytes(head, claimed)


def _accident(kind: str, head: bytes) -> bool:
    """Two-letter signatures also begin words: 'BMW', 'MZ ...'. They count only in front of binary data."""
    return kind in ("image/bmp", "application/x-msdownload") and b"\x00" not in head[:64]


def _text_or_bytes(head: bytes, claimed: str) -> str:
    if b"\x00" in head:
        return "application/octet-stream"
    controls = sum(1 for byte in head if byte < 32 and byte not in (9, 10, 12, 13, 27))
    if controls > len(head) / 50:
        return "application/octet-stream"
    return claimed if claimed.startswith("text/") else "text/plain"


def _zip(content: bytes) -> str:
    names = content[:4096] + content[-65536:]
    return next((kind for mark, kind in _OFFICE.items() if mark in names), "application/zip")


def _ole(declared: str, filename: str) -> str:
    """Old Office files share one container; here the name may choose among them."""
    by_name = mimetypes.guess_type(filename)[0] or ""
    for kind in (declared, by_name):
        if kind.startswith(("application/msword", "application/vnd.ms-")):
            return kind
    return "application/x-ole-storage"
