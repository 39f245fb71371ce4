"""Pinyin of names, so that 张伟 is found by "zhangwei", "zw" and "wei"."""

import os
from collections.abc import Callable
from functools import cache

from shouwen.kernel.text.analyser import fold, runs

# Readings that differ from the everyday one when the character opens a person's name.
_SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "任": "ren", "盖": "ge",
    "朴": "piao", "乐": "yue", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu",
    "澹台": "tan tai", "宓": "mi", "缪": "miao", "覃": "qin", "翟": "zhai", "员": "yun", "繁": "po",
    "牟": "mou", "燕": "yan", "华": "hua", "纪": "ji", "应": "ying", "召": "shao", "令狐": "ling hu",
    "洗": "xian", "冼": "xian", "逄": "pang", "能": "nai", "种": "chong", "褚": "chu", "过": "guo",
}  # fmt: skip
# Words in names of places and firms whose reading a character by itself does not tell.
_WORDS = {
    "重庆": "chong qing", "厦门": "xia men", "长": "chang", "银行": "yin hang", "行业": "hang ye",
    "乐清": "yue qing", "六安": "lu an", "蚌埠": "beng bu", "台州": "tai zhou", "音乐": "yin yue",
    "重工": "zhong gong", "重机": "zhong ji", "大厦": "da sha", "成都": "cheng du", "会计": "kuai ji",
    "调度": "diao du", "朝阳": "chao yang", "都匀": "du yun", "大都": "da du", "省": "sheng",
}  # fmt: skip
LONGEST = 60  # characters of a name that are spelled out


def pinyin(name: str) -> str:
    """The side field of a name for search: all syllables as one word, the initials, each syllable.

    "张伟" → "zhangwei zw zhang wei". ü is written v (吕 → lv), as input methods do. Words of other
    scripts stay as they are. A text without Han characters gives "".
    """
    syllables: list[str] = []
    chinese = False
    for position, (run, cjk) in enumerate(runs(fold(name[:LONGEST]))):
        spelled = _syllables(run, opens=position == 0) if cjk else [run]
        chinese = chinese or (cjk and spelled != [run])
        syllables.extend(spelled)
    if not chinese:
        return ""
    whole = "".join(syllables)
    initials = "".join(syllable[0] for syllable in syllables)
    return " ".join(dict.fromkeys([whole, initials, *syllables]))


def _syllables(run: str, *, opens: bool) -> list[str]:
    found: list[str] = []
    index = 0
    while index < len(run):
        for length in (2, 1):
            word = run[index : index + length]
            reading = (_SURNAMES.get(word) if opens and index == 0 else None) or _WORDS.get(word)
            if reading:
                found.extend(reading.split())
                index += length
                break
        else:
            found.extend(_reader()(run[index]))
            index += 1
    return found


@cache
def _reader() -> Callable[[str], list[str]]:
    # Its phrase dictionary takes 40 MB of memory; names need readings of characters only.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    def read(character: str) -> list[str]:
        return list(lazy_pinyin(character, errors="default"))

    return read
