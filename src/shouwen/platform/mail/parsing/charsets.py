"""Bytes to text, down a ladder of charsets, so that no reader ever meets a replacement character.

Mail says what charset it is in, and is often wrong: "gb2312" nearly always means GBK or GB18030, "iso-8859-1"
means windows-1252, "us-ascii" means whatever the sender's machine used. The declared name is tried first
(in its widest sense), then UTF-8, then whichever East Asian charset the bytes look like, then western ones,
which cannot fail.
"""

import codecs
import re
from dataclasses import dataclass

# Declared name → the widest charset that contains it. GB18030 contains gb2312 and gbk byte for byte.
WIDEST = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gb": "gb18030",
    "chinese": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "windows-936": "gb18030",
    "euc-cn": "gb18030",
    "euccn": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big5-eten": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-9": "cp1254",
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
}
UNDECODABLE = "□"  # the sign Chinese readers know for "a character that could not be shown"
_ESCAPED_JAPANESE = re.compile(rb"\x1b\$[@B]|\x1b\([BJI]")
_HIGH_PAIR = re.compile(rb"[\x81-\xfe][\x30-\xfe]", re.DOTALL)
_CONTROLS = {code: None for code in range(32) if code not in (9, 10, 13)} | {0x7F: None, 0xFEFF: None}
# A code page may turn bytes 80–9F into C1 controls; nobody wrote those either.
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0))


@dataclass(frozen=True)
class Decoded:
    """Readable text, the charset that gave it, and a note if the declared one did not."""

    text: str
    charset: str
    defect: str = ""


def codec_for(name: str | None) -> str | None:
    """The Python codec for a charset name as found in mail, in its widest sense; None when unknown."""
    if not name:
        return None
    # RFC 2231 language suffix ("utf-8*en"), quotes and stray text after the name are dropped.
    plain = re.split(r"[*\s;,]", name.strip().strip("\"'").lower(), maxsplit=1)[0]
    wide = WIDEST.get(plain, plain)
    try:
        info = codecs.lookup(wide)
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding else None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Text of `data`. Never raises, never yields U+FFFD unless the bytes themselves spell it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and len(data) % 2 == 0:
        text = _strict(data, "utf-16")
        if text is not None:
            return Decoded(clean(text), "utf-16")
    codec = codec_for(declared)
    if codec is not None and not _escapes_hidden_in_ascii(data, codec):
        text = _strict(data, codec)
        if text is not None:
            return Decoded(clean(text), codec)
    if codec is not None and codec not in ("ascii", "cp1252") and not _valid_utf8(data):
        mended = _mended(data, codec)
        if mended is not None:
            return Decoded(clean(mended), codec, f"some bytes are not {declared}")
    charset = guess(data)
    text = _strict(data, charset)
    undone = twice_encoded(text, codec)
    if undone is not None:
        return Decoded(clean(undone), str(codec), "encoded twice")
    if text is None:  # only a mostly valid text with damaged spots comes here
        text = _mended(data, charset, limit=1.0) or ""
    return Decoded(clean(text), charset, _note(declared, codec, charset))


def guess(data: bytes) -> str:
    """The charset that bytes of unknown origin most likely are in; latin-1 when nothing fits better."""
    if _ESCAPED_JAPANESE.search(data):
        return "iso2022_jp_ext"
    if _valid_utf8(data):
        return "utf-8"
    if _mended(data, "utf-8", limit=0.02) is not None and _holds_multibyte_utf8(data):
        return "utf-8"
    best, best_score = "", 0.55
    for charset, score in _asian_scores(data):
        if score > best_score and _strict(data, charset) is not None:
            best, best_score = charset, score
    if best:
        return best
    return "cp1252" if _strict(data, "cp1252") is not None else "latin-1"


def clean(text: str) -> str:
    """Without NUL and other controls, byte-order marks and lone surrogates: what a database can keep."""
    text = text.replace("\x0c", "\n").translate(_CONTROLS)
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-8", "ignore").decode("utf-8")
    return text


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError, LookupError):
        return None


def twice_encoded(text: str | None, codec: str | None) -> str | None:
    """A gateway took East Asian bytes for Latin-1 and wrote them as UTF-8.

    Undo it where the bytes fit exactly.
    """
    if text is None or codec not in ("gb18030", "big5hkscs", "cp932", "cp949") or text.isascii():
        return None
    try:
        undone = text.encode("latin-1").decode(codec)
    except UnicodeError:
        return None
    return undone if sum(1 for char in undone if "\u3000" <= char <= "\u9fff") >= 2 else None


def _valid_utf8(data: bytes) -> bool:
    return _strict(data, "utf-8") is not None


def _escapes_hidden_in_ascii(data: bytes, codec: str) -> bool:
    """ISO-2022-JP is seven bits wide: it decodes as ASCII or UTF-8, into rubbish full of escapes."""
    return codec in ("ascii", "utf-8", "cp1252", "latin-1") and bool(_ESCAPED_JAPANESE.search(data))


def _holds_multibyte_utf8(data: bytes) -> bool:
    return re.search(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data) is not None


def _mended(data: bytes, codec: str, limit: float = 0.05) -> str | None:
    """`data` in `codec` with its damaged bytes shown singly, or None when more than `limit` of it is damaged.

    A long letter cut in the middle of its last character must not be thrown into another charset for that.
    """
    try:
        text = data.decode(codec, errors="shouwen.mend")
    except (UnicodeError, ValueError, LookupError, TypeError):
        return None
    damage = sum(1 for char in text if "\ue000" <= char <= "\ue0ff")
    few = damage <= limit * len(text) or (damage == 1 and len(text) >= 8)
    if not few:
        return None
    if not damage:
        return text
    return text.translate(_SHOWN | _WESTERN if codec == "utf-8" else _SHOWN)


# Damaged bytes travel as private-use characters, so that they can be counted before they are shown.
_SHOWN = {0xE000 + byte: UNDECODABLE for byte in range(256)}
# A single western letter pasted into UTF-8 is met more often than any other damage.
_WESTERN = {0xE000 + byte: chr(byte) for byte in range(0xA0, 0x100)}


def _mend(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    if error.end >= len(error.object) and bad[:1] >= b"\xc2":
        return "", error.end  # a character cut off by the end of the text
    return "".join(chr(0xE000 + byte) for byte in bad), error.end


codecs.register_error("shouwen.mend", _mend)


def _asian_scores(data: bytes) -> list[tuple[str, float]]:
    """How much of the high-bit pairs lie where each charset keeps its common characters, from 0 to 1.

    Level-1 characters, sorted by use, fill B0–D7 of GB2312 and A4–C6 of Big5; kana fill 82–83 of Shift JIS.
    In western text high bytes stand alone between ASCII letters, so a pair mostly ends in an ASCII byte.
    """
    pairs = _HIGH_PAIR.findall(data)
    if not pairs:
        return []
    total = len(pairs)
    gb = sum(1 for pair in pairs if 0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1)
    gb_signs = sum(1 for pair in pairs if 0xA1 <= pair[0] <= 0xA3 and pair[1] >= 0xA1)
    big5 = sum(
        1 for pair in pairs if 0xA4 <= pair[0] <= 0xC6 and (0x40 <= pair[1] <= 0x7E or pair[1] >= 0xA1)
    )
    big5_only = sum(1 for pair in pairs if 0xA1 <= pair[0] <= 0xF9 and 0x40 <= pair[1] <= 0x7E)
    kana = sum(1 for pair in pairs if pair[0] in (0x82, 0x83) and 0x40 <= pair[1] <= 0xF1)
    scores = [("gb18030", (gb + gb_signs) / total), ("cp932", 2 * kana / total)]
    if big5_only:
        scores.append(("big5hkscs", big5 / total + 0.1 * big5_only / total))
    return scores


def _note(declared: str | None, codec: str | None, charset: str) -> str:
    if not declared:
        return "" if charset == "utf-8" else f"no charset given, read as {charset}"
    if codec is None:
        return f"unknown charset {declared[:40]!r}, read as {charset}"
    return "" if (codec, charset) == ("ascii", "utf-8") else f"not {declared[:40]}, read as {charset}"
