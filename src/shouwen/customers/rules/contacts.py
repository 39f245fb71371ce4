"""Phone numbers and addresses: one written form for each, so that the same one is found again."""

import re
import unicodedata

from shouwen.kernel import text as kernel_text
from shouwen.kernel.errors import N_, Invalid, Sentence

PHONE, EMAIL, WECHAT, OTHER = "phone", "email", "wechat", "other"
CONTACT_KINDS = (PHONE, EMAIL, WECHAT, OTHER)
LONGEST_CONTACT = 254  # the longest mail address there can be (RFC 5321, 4.5.3.1.3)

_CHINESE_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_SPACING = re.compile(r"[\s\-().]+")


def normalise(kind: str, value: str, *, region: str = "CN") -> str:
    """The one written form of a contact: E.164 for phones, lower case with an ASCII domain for mail.

    `region` is the country that a number without a country code is dialled in. Invalid (its field
    is the kind) when it cannot be one.
    """
    if kind == PHONE:
        mobile = _CHINESE_MOBILE.fullmatch(_SPACING.sub("", value)) if region == "CN" else None
        # by far the most frequent; spares loading the world's number plans
        return f"+86{mobile.group(1)}" if mobile else kernel_text.phone(value, region=region, field=PHONE)
    if kind == EMAIL:
        return kernel_text.email(value, field=EMAIL)
    if kind not in (WECHAT, OTHER):
        raise Invalid(Sentence(N_("There is no such kind of contact.")), field="kind")
    plain = unicodedata.normalize("NFKC", value).strip()
    if not plain or len(plain) > LONGEST_CONTACT:
        raise Invalid(Sentence(N_("Give a number or an address.")), field=kind)
    return plain


def masked(kind: str, value: str) -> str:
    """Enough to recognise a contact by, too little to use it: 138****5678, z***@example.com."""
    if kind == EMAIL:
        local, _, domain = value.partition("@")
        return f"{local[:1]}***@{domain}"
    if kind == PHONE:
        plain = _SPACING.sub("", value).removeprefix("+86")
        if len(plain) < 7:
            return "*" * len(plain)
        keep = 3 if len(plain) > 8 else 2
        return f"{plain[:keep]}{'*' * (len(plain) - keep - 4)}{plain[-4:]}"
    return f"{value[:2]}***" if len(value) > 3 else "***"
