"""Header text: RFC 2047 encoded words, raw eight-bit headers, and the broken forms of both."""

import re
from itertools import groupby
from typing import NamedTuple

from shouwen.platform.mail.parsing.charsets import clean, codec_for, decode, twice_encoded
from shouwen.platform.mail.parsing.transfer import from_base64

# The end mark may be missing (a header cut off), the text may hold unquoted question marks and blanks.
_WORD = re.compile(r"=\?([^?\s]*)\?([bBqQ])\?(.*?)(?:\?=|$)", re.DOTALL)
_BLANKS = re.compile(r"\s+")


class _Word(NamedTuple):
    charset: str
    kind: str
    payload: str


def header_text(raw: bytes, charset: str | None = None) -> str:
    """One line of readable text from a header's raw bytes.

    `charset` is the mail's own, for eight-bit headers.
    """
    unfolded = re.sub(rb"\r?\n(?=[ \t])|\r|\n", b"", raw) if b"\n" in raw or b"\r" in raw else raw
    text = unfolded.decode("ascii") if unfolded.isascii() else _eight_bit(unfolded, charset)
    if "=?" in text:
        text = decode_words(text)
    return _BLANKS.sub(" ", clean(text)).strip()


def decode_words(text: str) -> str:
    """Encoded words replaced by what they say.

    Neighbours are joined as bytes before decoding: many Chinese clients split a character between two words.
    """
    pieces: list[str] = []
    waiting: list[_Word] = []
    position = 0
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        if between.strip() or (between and not waiting):
            pieces.append(_joined(waiting) + between)
            waiting = []
        waiting.append(_Word(match[1].lower(), match[2].lower(), match[3]))
        position = match.end()
    pieces.append(_joined(waiting) + text[position:])
    return clean("".join(pieces))


def _joined(words: list[_Word]) -> str:
    text = ""
    for charset, group in groupby(words, key=lambda word: word.charset):
        text += decode(_bytes(list(group)), charset).text
    return text


def _bytes(run: list[_Word]) -> bytes:
    """The bytes of words in one charset; base64 cut in the middle of four letters goes on in the next word."""
    data, pending = b"", ""
    for word in run:
        if word.kind == "q":
            data += _from_base64(pending) + _from_q(word.payload)
            pending = ""
            continue
        pending += word.payload
        if word.payload.endswith("=") or len(pending) % 4 == 0:
            data += _from_base64(pending)
            pending = ""
    return data + _from_base64(pending)


def _from_base64(payload: str) -> bytes:
    return from_base64(payload.encode("utf-8", "ignore"))[0] if payload.strip() else b""


def _from_q(payload: str) -> bytes:
    data = payload.encode("utf-8", "ignore").replace(b"_", b" ")
    return re.sub(rb"=([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), data)


def _eight_bit(data: bytes, charset: str | None) -> str:
    """Raw bytes in a header: UTF-8 by RFC 6532 whatever the body's charset, else that charset."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data, charset).text
    return twice_encoded(text, codec_for(charset)) or text
