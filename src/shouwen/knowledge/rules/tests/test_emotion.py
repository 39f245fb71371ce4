"""Reading a customer's emotion, and how it changes over a case."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.knowledge.rules.emotion import BOUNDS, CALM, LEVELS, Emotion, blend, level_of, read

from .emotion_table import LATER, SAMPLES


@pytest.mark.parametrize(("text", "level"), SAMPLES)
def test_a_sentence_is_read_as_a_person_would(text: str, level: str) -> None:
    assert read(text).level == level


def test_most_of_the_harder_sentences_are_read_right_and_calm_ones_never_as_anger() -> None:
    right = sum(read(text).level == level for text, level in LATER)
    assert right / len(LATER) >= 0.8
    assert all(read(text).level == "calm" for text, level in LATER if level == "calm")


def test_the_evidence_points_at_the_words() -> None:
    text = "等了三天还没人管，非常失望"
    emotion = read(text)
    assert "失望" in {each.words for each in emotion.evidence}
    assert all(text[each.start : each.end] == each.words for each in emotion.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "你好，挖掘机发动机报警，怎么处理？", "一启动就报警", "机器一报警就停", "仪表盘报警灯亮了",
        "款已从工商银行汇出", "工商局年检要你们的发票", "律师事务所改了地址，请重开发票", "法院采购的空调需要保养",
        "我们是电视台，想订一台发电机", "举报电话是多少", "请问垃圾桶什么时候送到",
        "Where is the trash bin?", "Sue Miller asked for an invoice", "The tennis court lights are out",
        "The engine alarm is on",
    ],
)  # fmt: skip
def test_who_only_names_a_machine_an_office_or_a_customer_is_calm(text: str) -> None:
    assert read(text).level == "calm"


@pytest.mark.parametrize(
    "text",
    [
        "我要报警了", "再不退款就报警", "只能报警处理了", "去工商局告你们", "告到市场监管局", "法院见",
        "不然我们法院见", "不解决就投诉", "不解决我就找律师", "让我的律师跟你们谈", "找电视台曝光你们",
        "I'll sue you", "See you in court",
    ],
)  # fmt: skip
def test_a_threat_is_read_as_one(text: str) -> None:
    assert read(text).level == "angry"


def test_a_negated_feeling_is_no_feeling() -> None:
    assert read("我不生气").score == 0
    assert read("我生气").score > 0


def test_degree_and_loudness_make_it_stronger() -> None:
    assert read("有点失望").score < read("失望").score < read("非常失望").score < read("非常失望！！！").score


def test_anger_cools_slowly_and_rises_at_once() -> None:
    angry = Emotion("angry", 0.7)
    assert blend(angry, CALM).score == 0.35
    assert blend(CALM, angry).score == 0.7
    assert blend(None, angry).level == "angry"


def test_many_contacts_in_a_day_add_pressure() -> None:
    worried = Emotion("anxious", 0.3)
    assert blend(None, worried, 2).score == 0.3
    assert blend(None, worried, 4).score == 0.4
    assert blend(None, worried, 40).score == 0.5
    assert blend(None, CALM, 3).score == 0
    assert blend(None, CALM, 6).level == "anxious"


def test_the_same_words_sent_again_weigh_more() -> None:
    worried = Emotion("anxious", 0.3)
    assert blend(None, worried, repeated=True).score == 0.4
    assert blend(CALM, CALM, repeated=True).level == "calm"
    assert blend(Emotion("calm", 0.15), CALM, 3, repeated=True).level == "anxious"


@pytest.mark.parametrize(
    "harmless",
    [
        "垃圾桶在门口。",
        "内存够了，不用再加。",
        "孩子和妈妈的合影。",
        "全家都很喜欢。",
        "书都翻烂了，还想再买一本。",
        "时间差不多了。",
    ],
)
def test_a_harmless_word_is_no_insult(harmless: str) -> None:
    assert read(harmless).level == "calm"


@pytest.mark.parametrize(
    ("text", "level"),
    [("你们这服务一塌糊涂，大失所望", "upset"), ("以后再也不住了", "upset"), ("凭什么不给退", "upset"),
     ("这机器太垃圾了", "angry"), ("垃圾公司", "hostile"), ("妈的，退钱", "hostile")],
)  # fmt: skip
def test_words_found_in_real_remarks_are_known(text: str, level: str) -> None:
    assert LEVELS.index(read(text).level) >= LEVELS.index(level)


def test_levels_rise_with_the_score() -> None:
    assert [level_of(score) for score in (0, *BOUNDS)] == list(LEVELS)


_PIECES = st.lists(st.sampled_from([*"不很急！!怒滚", "失望", "idiot "]), max_size=60).map("".join)


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(st.text(max_size=300), _PIECES))
def test_no_text_makes_it_raise_or_leave_the_scale(text: str) -> None:
    emotion = read(text)
    assert 0 <= emotion.score <= 1
    assert 0 <= blend(emotion, read(""), 9).score <= 1
