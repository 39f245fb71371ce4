"""How long a message is in the measure of its channel, and whether it may be sent at all."""

from shouwen.channels.registry import Limit, Room
from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

# The basic and the extension table of the short-message alphabet (3GPP TS 23.038, 6.2.1).
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
ONE_PLAIN, PART_PLAIN = 160, 153  # septets in one message, and in a part of several
ONE_WIDE, PART_WIDE = 70, 67  # UTF-16 units; one Chinese character makes the whole message wide
MOST_PARTS = 10


def sms_parts(text: str) -> tuple[int, int]:
    """(units, parts) of a short message: septets of the GSM alphabet, or UTF-16 units when a character is not in it."""
    if all(c in _BASIC or c in _EXTENDED for c in text):
        units = sum(2 if c in _EXTENDED else 1 for c in text)
        one, part = ONE_PLAIN, PART_PLAIN
    else:
        units = len(text.encode("utf-16-le")) // 2
        one, part = ONE_WIDE, PART_WIDE
    return units, max(1, 1 if units <= one else -(-units // part))


def length(text: str, unit: str) -> int:
    """The length of a text in a channel's unit; short messages count in parts."""
    if unit == "bytes":
        return len(text.encode())
    if unit == "sms":
        return sms_parts(text)[1]
    return len(text)


def must_fit(text: str, limit: Limit | None) -> None:
    """Invalid when a text is longer than its channel takes."""
    if limit is None or length(text, limit.unit) <= limit.most:
        return
    sentences = {
        "bytes": N_(
            "This is %(over)s bytes too long for this channel: at most %(most)s (about %(about)s characters)."
        ),
        "sms": N_("This needs more than %(most)s short messages; shorten it, or write a mail."),
        "characters": N_("This is %(over)s characters too long for this channel: at most %(most)s."),
    }
    over = length(text, limit.unit) - limit.most
    about = limit.most // 3
    raise Invalid(
        Sentence(sentences[limit.unit], {"over": over, "most": limit.most, "about": about}), field="text"
    )


def must_be_open(room: Room) -> None:
    """Refused when nothing may be written now."""
    if room.closed:
        raise Refused(room.closed)
