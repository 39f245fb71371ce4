"""Pictures of people: checked, and without what a camera writes into them beside the picture (place, time, device).

Only JPEG and PNG, whose parts are few and told apart by their own headers (ITU-T T.81 annex B, RFC 2083 section 3):
nothing is decoded, so nothing can be made of a bomb.
"""

import struct
import zlib

from shouwen.kernel.errors import N_, Invalid, Sentence, TooLarge

MOST_BYTES = 3 * 1024 * 1024
LEAST_SIDE, MOST_SIDE = 48, 6000
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB"))
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # headers that hold the size of the picture


def portrait(content: bytes, field: str = "photo") -> bytes:
    """The same picture without its remarks; Invalid when it is none, TooLarge over 3 MB."""
    if len(content) > MOST_BYTES:
        raise TooLarge(Sentence(N_("A photo has at most %(most)s MB."), {"most": 3}), field=field)
    read = _png if content.startswith(_PNG) else _jpeg
    try:
        clean, sides = read(content)
    except (ValueError, struct.error, IndexError):
        raise Invalid(Sentence(N_("This is no whole JPEG or PNG picture.")), field=field) from None
    if min(sides) < LEAST_SIDE or max(sides) > MOST_SIDE:
        sizes = {"least": LEAST_SIDE, "most": MOST_SIDE}
        raise Invalid(
            Sentence(N_("A photo is %(least)s to %(most)s pixels wide and high."), sizes), field=field
        )
    return clean


def _png(content: bytes) -> tuple[bytes, tuple[int, int]]:
    kept, place, sides = [_PNG], len(_PNG), (0, 0)
    while True:
        length, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        (said,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(content[place + 4 : end - 4]) != said:
            raise ValueError("a part is damaged")
        if name == b"IHDR":
            sides = struct.unpack_from(">II", content, place + 8)
        if name in _KEPT:
            kept.append(content[place:end])
        place = end
        if name == b"IEND":
            return b"".join(kept), sides  # what stands behind the end is no part of the picture


def _jpeg(content: bytes) -> tuple[bytes, tuple[int, int]]:
    kept, place, sides = [content[:2]], 2, (0, 0)
    if content[:2] != b"\xff\xd8":
        raise ValueError("it does not begin as a picture does")
    while True:
        if content[place] != 0xFF:
            raise ValueError("no marker where one must stand")
        marker = content[place + 1]
        if marker == 0xDA:  # the picture itself, to its end
            end = content.rindex(b"\xff\xd9") + 2
            return b"".join([*kept, content[place:end]]), sides
        (length,) = struct.unpack_from(">H", content, place + 2)
        end = place + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("a part is longer than the file")
        if marker in _FRAMES:
            high, wide = struct.unpack_from(">HH", content, place + 5)
            sides = (wide, high)
        if (
            not (0xE1 <= marker <= 0xEF or marker == 0xFE) or marker == 0xEE
        ):  # Adobe's says how colours are meant
            kept.append(content[place:end])
        place = end
