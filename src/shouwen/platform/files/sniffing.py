"""What bytes really are, by their first ones. A declared type is only a hint: it comes from a stranger.

Signatures: the formats' own specifications (PNG, JPEG, GIF, WebP/RIFF, PDF, ZIP, MP4 ftyp, Ogg, MP3, RTF, OLE).
"""

import codecs

SAFE_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# (offset, bytes, type): every part must be there
_SIGNATURES: tuple[tuple[tuple[tuple[int, bytes], ...], str], ...] = (
    (((0, b"\x89PNG\r\n\x1a\n"),), "image/png"),
    (((0, b"\xff\xd8\xff"),), "image/jpeg"),
    (((0, b"GIF87a"),), "image/gif"),
    (((0, b"GIF89a"),), "image/gif"),
    (((0, b"RIFF"), (8, b"WEBP")), "image/webp"),
    (((0, b"RIFF"), (8, b"WAVE")), "audio/wav"),
    (((0, b"%PDF-"),), "application/pdf"),
    (((0, b"PK\x03\x04"),), "application/zip"),
    (((0, b"\x1f\x8b"),), "application/gzip"),
    (((0, b"Rar!\x1a\x07"),), "application/vnd.rar"),
    (((0, b"7z\xbc\xaf\x27\x1c"),), "application/x-7z-compressed"),
    (((0, b"OggS\x00"),), "audio/ogg"),
    (((0, b"{\\rtf"),), "application/rtf"),
    (((0, b"\xd0\xcf\x11\xe0"),), "application/x-ole-storage"),
    (((0, b"\x7fELF"),), "application/x-executable"),
)
# letters that a text may begin with as well: only where the bytes are no text
_WEAK: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"BM", "image/bmp"),
    (0, b"MZ", "application/x-msdownload"),
)
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def _is_text(head: bytes) -> bool:
    """Whether `head`, perhaps cut within a character, is the beginning of a text in UTF-8."""
    if b"\x00" in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def sniff(name: str, head: bytes) -> str:
    """Content type of a file called `name` that starts with `head`; never one a browser would run."""
    lower = name.lower()
    for parts, kind in _SIGNATURES:
        if all(head.startswith(mark, offset) for offset, mark in parts):
            if kind == "application/zip":
                return next((office for end, office in _OFFICE.items() if lower.endswith(end)), kind)
            return kind
    if _is_text(head):
        # HTML, SVG and scripts are text to us: shown as letters or saved, never interpreted
        return "message/rfc822" if lower.endswith(".eml") else "text/plain"
    return next(
        (kind for offset, mark, kind in _WEAK if head.startswith(mark, offset)), "application/octet-stream"
    )
