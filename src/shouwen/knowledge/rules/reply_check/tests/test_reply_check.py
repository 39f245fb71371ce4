"""What the reply check remarks on, and what it leaves alone."""
# ruff: noqa: E501 - patterns and sample sentences read better in one piece

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.knowledge.rules.reply_check import (
    PhraseLists,
    Remark,
    ReplyContext,
    apply,
    check,
    reasons,
    taboo_en,
    taboo_zh,
)
from shouwen.knowledge.rules.reply_check.needles import needles

CALM = ReplyContext()


def sorts(text: str, context: ReplyContext = CALM, lists: PhraseLists | None = None) -> list[str]:
    return [remark.sort for remark in check(text, context, lists)]


def only(text: str, context: ReplyContext = CALM, lists: PhraseLists | None = None) -> Remark:
    (remark,) = check(text, context, lists)
    return remark


TABOO = [
    "我不清楚这个情况。", "这个我们也不知道。", "我们也没办法。", "没办法给您换。", "您好，没办法。", "这是规定。", "公司这么规定的。", "这个不归我管。",
    "这不是我们负责的。", "跟我们没关系。", "您去找厂家吧。", "你问别人去。", "你自己看吧。", "说明书上都有。", "这不可能。", "这个办不了。",
    "随便你。", "你急什么？", "你别催了。", "等着吧。", "我正忙着呢。", "您烦不烦？", "你听不懂吗？", "我都说了多少遍了。", "刚才不是说过了吗？",
    "您到底想怎么样？", "爱买不买。", "嫌贵就别买。", "去投诉吧。", "有本事你去告吧。", "你懂什么。", "简直无理取闹。", "跟您说不清。",
    "您说的不可能。", "没有客户反映过。", "不就是个小问题嘛。", "下班了，明天再说。", "回头再说吧。", "已经跟你说过了。", "爱投诉投诉去。", "你不懂就别问。",
    "不用大惊小怪。", "这个我不确定，等等。", "您问下别的部门吧。", "我是新来的。", "反正不行。",
    "I don't know.", "No idea.", "That's our policy.", "There is nothing we can do.", "It's not my department.", "Calm down.",
    "What's your problem?", "As I already told you.", "Don't you understand?", "That is impossible.", "Take it or leave it.",
]  # fmt: skip
BLAME = [
    "您应该早点联系我们。", "你怎么不早说？", "这是您自己的问题。", "是您操作不当。", "您没仔细看说明书。", "您弄错了。", "都怪您。", "责任在您。",
    "谁让你不保养。", "是快递的问题。", "都是上一个同事的错。", "您是不是没看说明书？", "You should have called us earlier.", "It's your fault.",
    "Why didn't you tell us?", "You failed to read the manual.", "You didn't follow the steps.",
]  # fmt: skip
CLEAN = [
    "您不清楚的地方我来说明。", "如果您还有不清楚的地方，请随时联系我们。", "请问有没有办法让您明天收货？", "您说“不知道怎么办”，我来讲解。",
    "您提到没办法启动，我们来看看。", "我们不会说没办法。", "不知道您什么时候方便？", "不知道您是否收到了短信。", "这件事不是没有办法。",
    "您可以自己查看进度。", "难怪您着急。", "我们信赖您。", "您不用担心。", "滚筒已经寄出。", "没有问题，我来处理。", "我们不会随便更换配件。",
    "> 你们就会说没办法", "如果您不知道序列号在哪里，我可以告诉您。", "您一直等着，辛苦了。", "您的肯定是对我们最大的鼓励。", "我们不敢保证，但会尽力。",
    "If there is anything you don't know, ask us.", "You said you don't know the number.", "There is no way to thank you enough.",
    "Please stop the machine immediately.", "请您立即停机。", "不确定的地方请告诉我。", "您没看到通知也没关系。", "我们已经立即停机检查。", "您好，您的GPS定位器已经寄出，请查看https://example.com/SLA/RMA。",
]  # fmt: skip


@pytest.mark.parametrize("text", TABOO)
def test_a_taboo_phrase_is_found_with_a_better_wording(text: str) -> None:
    found = [remark for remark in check(text, CALM) if remark.sort == "taboo"]
    assert found
    assert found[0].better
    assert text[found[0].start : found[0].end] == found[0].matched


@pytest.mark.parametrize("text", BLAME)
def test_blame_is_found(text: str) -> None:
    assert "blame" in sorts(text)


@pytest.mark.parametrize("text", CLEAN)
def test_a_harmless_use_is_left_alone(text: str) -> None:
    assert sorts(text) == []


def test_the_built_in_lists_have_their_size() -> None:
    assert len(taboo_zh.TABOO) >= 50
    assert len(taboo_en.TABOO) >= 25


_PHRASES = (*taboo_zh.TABOO, *taboo_zh.BLAME, *taboo_en.TABOO, *taboo_en.BLAME)


@pytest.mark.parametrize("phrase", _PHRASES, ids=lambda phrase: phrase.pattern[:30])
def test_no_better_wording_is_itself_remarked_on(phrase: object) -> None:
    better = phrase.better
    assert [remark.matched for remark in check(better or "", CALM)] == []


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_quick_look_before_a_pattern_never_hides_a_match(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from([phrase.pattern for phrase in _PHRASES]))
    text = data.draw(st.from_regex(pattern)).lower()
    wanted = needles(pattern)
    assert not wanted or any(needle in text for needle in wanted)


def test_one_click_puts_the_better_wording_in() -> None:
    text = "您好，我不清楚这件事。"
    assert apply(text, only(text)) == "您好，我来为您核实这件事。"


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("这个我们没办法马上判断。", "这个我们暂时还不能马上判断。"),
        ("没办法给您换新。", "暂时还不能给您换新。"),
        ("我们也没办法。", "我们一起来看看还有哪些解决方案。"),
        ("您应该早点联系我们。", "我们现在就来处理。"),
    ],
)
def test_the_better_wording_fits_where_the_phrase_stood(text: str, better: str) -> None:
    graver = [remark for remark in check(text, CALM) if remark.sort in {"taboo", "blame"}]
    assert apply(text, graver[0]) == better


def test_one_click_on_a_text_that_has_changed_does_nothing() -> None:
    remark = only("我不清楚这件事。")
    assert apply("另一段文字，很长很长。", remark) == "另一段文字，很长很长。"


def test_at_once_without_a_time_is_an_empty_promise() -> None:
    assert sorts("我们马上处理。") == ["over_promise"]
    assert sorts("We will fix it right away.") == ["over_promise"]


def test_at_once_with_a_promise_in_the_sentence_or_on_record_is_fine() -> None:
    text = "我们马上处理，10分钟内给您回电。"
    assert sorts(text, ReplyContext(promise_spans=[(7, 16)])) == []
    assert sorts(text, ReplyContext(has_recorded_promise=True)) == []


@pytest.mark.parametrize(
    "text", ["我们肯定按时到。", "绝对今天送达。", "It will arrive definitely tomorrow."]
)
def test_certainty_about_a_time_is_without_limits_too(text: str) -> None:
    assert sorts(text) == ["over_promise"]


def test_without_limits_is_a_warning_even_with_a_recorded_promise() -> None:
    remark = only("我们绝对会修好。", ReplyContext(has_recorded_promise=True))
    assert (remark.sort, remark.severity) == ("over_promise", "warning")
    assert apply("我们绝对会修好。", remark) == "我们会尽全力修好。"


def test_jargon_is_said_in_the_customers_words() -> None:
    remark = only("您的工单已经登记。")
    assert remark.sort == "jargon"
    assert apply("您的工单已经登记。", remark) == "您的服务请求已经登记。"


def test_an_explained_abbreviation_is_fine_and_an_unknown_one_a_hint() -> None:
    assert sorts("请提供ECU（发动机控制器）的编号。") == []
    assert only("请提供ECU的编号。").severity == "hint"


def test_a_model_number_is_no_abbreviation() -> None:
    assert sorts("您的ZX200-5G和PC-200已经修好。") == []


def test_an_organisation_adds_allows_and_explains_its_own_words() -> None:
    lists = PhraseLists(taboo={"亲": "您"}, jargon={"蓝单": "保修凭证"}, allowed=frozenset({"工单"}))
    assert apply("亲，请看蓝单。", check("亲，请看蓝单。", CALM, lists)[0]) == "您，请看蓝单。"
    assert sorts("亲，请看蓝单和工单。", CALM, lists) == ["taboo", "jargon"]


def test_a_first_reply_greets_and_thanks() -> None:
    context = ReplyContext(is_first_reply=True, customer_name="王强")
    text = "配件已经寄出。"
    found = check(text, context)
    assert [remark.sort for remark in found] == ["greeting", "thanks"]
    assert apply(text, found[0]) == "王强，您好！\n配件已经寄出。"
    greeted = "王先生，您好！\n配件已经寄出。"
    assert apply(greeted, check(greeted, context)[0]) == "王先生，您好！\n感谢您联系我们。配件已经寄出。"
    assert sorts("您好，感谢您的来信。", context) == []
    assert sorts(text) == []


def test_the_name_twice_is_polite_and_three_times_too_much() -> None:
    context = ReplyContext(customer_name="王强")
    assert sorts("王先生您好，王先生的事我记下了。", context) == []
    text = "王先生您好，王先生的事我记下了，王先生，请放心。"
    assert only(text, context).sort == "name_overuse"
    assert apply(text, only(text, context)) == "王先生您好，王先生的事我记下了，请放心。"


def test_text_pasted_unchanged_is_recognised_though_name_and_number_differ() -> None:
    body = (
        "您反映的情况我们已经了解，工程师会先检查液压系统，再检查铲斗的焊缝，检查之后把结果和建议一起发给您。"
    )
    context = ReplyContext(customer_name="李娜", recent_replies=["王强，您好！订单1001。" + body])
    assert "boilerplate" in sorts("李娜，您好！订单2002。" + body, context)
    assert sorts("李娜，您好！您的发票我重新开好了，今天寄出。", context) == []


def test_a_gap_that_was_not_filled_in_is_a_warning() -> None:
    assert only("尊敬的{{customer_name}}，谢谢。").severity == "warning"
    assert sorts("Dear [name], thank you.") == ["boilerplate"]


def test_an_angry_customer_hears_understanding_first_and_no_jokes() -> None:
    angry = ReplyContext(customer_emotion="angry")
    text = "您好，配件已经寄出，单号稍后发给您，请留意查收。"
    remark = only(text, angry)
    assert remark.sort == "mood"
    assert apply(text, remark).startswith("您好，给您带来的不便，我非常抱歉")
    assert sorts("非常抱歉给您添了麻烦，配件已经寄出，单号发给您了哈哈", angry) == ["mood"]
    assert sorts("非常抱歉给您添了麻烦，配件已经寄出，单号已经发到您的手机。", angry) == []


def test_reasons_read_as_sentences() -> None:
    for name, msgid in vars(reasons).items():
        if name.isupper() and isinstance(msgid, str):
            assert msgid % {"matched": "x", "meaning": "y", "count": 3}
    assert "没办法" in str(only("没办法给您换。").reason)


def test_two_thousand_characters_are_read_quickly() -> None:
    text = (
        "您好，王先生：您反映的挖掘机铲斗开裂的情况，我们已经安排工程师核实，预计明天上午给您答复。" * 60
    )[:2000]
    check(text, CALM)
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        check(text, CALM)
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.05  # ten times what it takes, for a busy machine


def test_a_gap_with_quotation_marks_in_it_is_named_as_it_was_written() -> None:
    (gap,) = [each for each in check("您好，{“姓名”}先生", CALM) if each.sort == "boilerplate"]
    assert (gap.matched, gap.reason.params["matched"]) == ("{“姓名”}", "{“姓名”}")


@settings(max_examples=120, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=120),
        st.lists(
            st.sampled_from(
                [*"您你我不没办法知道清楚规定，。“”{}_!", "王强", "SLA", "马上", "I don't know "]
            ),
            max_size=40,
        ).map("".join),
    ),
    emotion=st.sampled_from(["calm", "angry"]),
)
def test_no_text_makes_it_raise_and_every_better_wording_can_be_put_in(text: str, emotion: str) -> None:
    context = ReplyContext(
        customer_name="王强", is_first_reply=True, customer_emotion=emotion, recent_replies=[text]
    )
    for remark in check(text, context):
        assert remark.end == 0 or text[remark.start : remark.end] == remark.matched
        assert isinstance(apply(text, remark), str)
        assert str(remark.reason)
