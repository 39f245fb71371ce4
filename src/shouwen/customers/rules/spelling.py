"""How a name is typed on a keyboard: pinyin for Chinese, lower case for the rest."""

import re
import unicodedata

from shouwen.kernel import text as kernel_text

_LATIN = re.compile(r"[^a-z0-9]+")
LONGEST = 120


def spelling(name: str) -> tuple[str, str]:
    """Full spelling and initials without blanks: 张伟 → ("zhangwei", "zw"), Acme Ltd → ("acmeltd", "al")."""
    spelled = kernel_text.pinyin(name).split()
    if spelled:  # the whole word, then the initials, then the syllables
        whole, initials = spelled[0], spelled[min(1, len(spelled) - 1)]
        return _LATIN.sub("", whole)[:LONGEST], _LATIN.sub("", initials)[:LONGEST]
    words = [word for word in _LATIN.split(unicodedata.normalize("NFKC", name).lower()) if word]
    return "".join(words)[:LONGEST], "".join(word[0] for word in words)[:LONGEST]


def looks_like(text: str) -> str:
    """What somebody typed into a search box: "email", "phone", "latin" or "name"."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if "@" in plain:
        return "email"
    digits = re.sub(r"[\s\-+().]", "", plain)
    if digits.isdigit() and len(digits) >= 3:
        return "phone"
    return "latin" if plain.isascii() else "name"
