"""Numbers as people write them in a reply: 12, １２, 十二, 两, 一百二十, 半, twelve, half a."""

import unicodedata

ZH = r"(?:[0-9０-９]{1,6}(?:[.．][0-9０-９]{1,3})?|[零〇一二两俩三四五六七八九十百]{1,8}|半)"

_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_TENS = {"十": 10, "百": 100}

_ENGLISH = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0,
    "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0,
    "twenty": 20.0, "twenty-four": 24.0, "thirty": 30.0, "forty": 40.0, "forty-five": 45.0,
    "forty-eight": 48.0, "sixty": 60.0, "seventy-two": 72.0, "ninety": 90.0, "half": 0.5, "half a": 0.5,
    "half an": 0.5, "a couple of": 2.0, "a quarter of an": 0.25, "three quarters of an": 0.75,
    "one and a half": 1.5, "two and a half": 2.5, "one or two": 2.0, "a couple": 2.0, "two or three": 3.0, "next": 1.0,
}  # fmt: skip

_EN_WORDS = sorted((word for word in _ENGLISH if word != "next"), key=len, reverse=True)
EN = r"(?:\d{1,6}(?:\.\d{1,3})?|" + "|".join(_EN_WORDS) + ")"


def chinese(words: str) -> float | None:
    """The number written as `words`; None when it is not one. Two adjacent digits (两三) read as the
    larger."""
    words = unicodedata.normalize("NFKC", words)
    if not words:
        return None
    if words == "半":
        return 0.5
    try:
        return float(words)
    except ValueError:
        pass
    if any(ch not in _DIGITS and ch not in _TENS for ch in words):
        return None
    if not any(ch in _TENS for ch in words):
        return _plain(words)
    total, digit = 0, 0
    for ch in words:
        if ch in _TENS:
            total += (digit or 1) * _TENS[ch]
            digit = 0
        else:
            digit = _DIGITS[ch]
    return float(total + digit)


def _plain(words: str) -> float:
    """Digits without tens: 两三 is a range of neighbours, 二〇 is twenty."""
    digits = [_DIGITS[ch] for ch in words]
    if len(digits) == 2 and digits[1] == digits[0] + 1 and digits[0] > 0:
        return float(digits[1])
    return float(int("".join(str(digit) for digit in digits[:6])))


def english(words: str) -> float | None:
    """The number written as `words` in English; None when it is not one."""
    key = " ".join(words.lower().split())
    if key in _ENGLISH:
        return _ENGLISH[key]
    try:
        return float(key)
    except ValueError:
        return None
