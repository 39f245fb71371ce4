"""What raises a case: known answers on sentences that customers say."""

import pytest

from shouwen.cases.rules import ladder, signs
from shouwen.cases.rules.ladder import Ladder, Rule, Step
from shouwen.kernel.errors import Invalid


@pytest.mark.parametrize(
    "text",
    [
        "找你们领导来跟我说",
        "叫你们经理出来",
        "我要见你们老板",
        "让你们负责人给我回电话",
        "请转接你们主管",
        "换个能做主的来",
        "把电话给你们上级，我要找你们上级",
        "你们经理呢",
        "你们领导电话给我",
        "我要跟你们经理谈，叫你们经理接电话",
        "让管事的来",
        "I want to speak to your manager",
        "Let me talk to a supervisor now",
        "Please put me through to someone senior",
        "Get me your manager",
        "Who is your supervisor?",
        "I need to talk with the person in charge",
    ],
)
def test_a_customer_who_asks_for_a_superior_is_heard(text: str) -> None:
    assert signs.asks_for_superior(text)


@pytest.mark.parametrize(
    "text",
    [
        "我们经理想了解一下价格",
        "不用找你们领导了，问题解决了",
        "感谢你们经理的帮助",
        "已经找过你们领导了，谢谢",
        "我们公司的主管会来收货",
        "请问经理版和标准版有什么区别",
        "领导力培训课程还有吗",
        "铲斗开裂，请马上处理",
        "我是项目负责人，姓李",
        "下午三点有人在吗",
        "I am the manager of the site",
        "Our supervisor will be there",
        "no need to speak to a manager",
        "Thanks to your team",
    ],
)
def test_who_only_names_one_is_not(text: str) -> None:
    assert not signs.asks_for_superior(text)


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("再不修我就找媒体曝光", False),
        ("我要去12315投诉", False),
        ("咱们法院见", False),
        ("我要报警", False),
        ("再不来我就报警", False),
        ("去工商局告你们", False),
        ("请市场监管局来评理", False),
        ("我已经找律师了", False),
        ("发抖音让大家看看", False),
        ("不修好师傅别想走", True),
        ("你们的车我扣住了", True),
        ("不给钱就不让师傅走", True),
        ("我要弄死你", True),
        ("我带人去你们公司", True),
        ("I will sue you", False),
        ("You will hear from my lawyer", False),
        ("I will go to the press", False),
        ("We won't let your technician leave until it runs", True),
        ("I will kill you", True),
    ],
)
def test_a_threat_is_heard_and_danger_told_from_it(text: str, urgent: bool) -> None:
    found = signs.threatens(text)
    assert found is not None
    assert found.urgent is urgent


@pytest.mark.parametrize(
    "text",
    [
        "我不会去起诉的，放心",
        "曝光灯不亮了",
        "不打算找媒体",
        "没想报警",
        "谢谢，问题解决了",
        "请问保修期多久",
        "律师楼的电梯坏了",
        "你好，挖掘机发动机报警，怎么处理？",
        "一启动就报警",
        "法院采购的空调坏了",
        "工商局年检要你们的发票",
        "款已从工商银行汇出",
        "扣件松了，麻烦看看",
        "发动机走不动",
        "I don't want to sue anybody",
        "The media player is broken",
        "no need to call the police",
    ],
)
def test_no_threat_is_heard_where_none_is_made(text: str) -> None:
    assert signs.threatens(text) is None


@pytest.mark.parametrize(
    ("before", "after", "raises"),
    [
        ("calm", "angry", True),
        ("upset", "angry", True),
        ("angry", "hostile", True),
        ("calm", "hostile", True),
        ("angry", "angry", False),
        ("hostile", "angry", False),
        ("calm", "upset", False),
        ("", "angry", False),
    ],
)
def test_only_a_rising_anger_raises(before: str, after: str, raises: bool) -> None:
    assert ladder.rising(before, after) is raises


@pytest.mark.parametrize(
    ("now", "to", "after"), [(0, 0, 1), (1, 0, 2), (0, 2, 2), (2, 2, 3), (3, 0, 3), (0, 3, 3)]
)
def test_a_level_is_one_up_or_the_one_the_trigger_names(now: int, to: int, after: int) -> None:
    assert ladder.level_after(now, to) == after


def test_everything_heard_in_one_contact_comes_gravest_first() -> None:
    found = ladder.heard("找你们领导！不然法院见", "upset", "angry", 4)
    assert [sign.trigger for sign in found] == ["threat", "asks_superior", "emotion", "repeated"]
    assert ladder.unpacked(ladder.packed(found)) == found


def test_a_trigger_that_is_off_raises_nothing_but_danger_always_does() -> None:
    off = Ladder(rules={trigger: Rule(on=False) for trigger in ladder.BY_ITSELF})
    found = ladder.heard("找你们领导！法院见", "calm", "angry", 9)
    assert [ladder.counts(sign, off, 9) for sign in found] == [False] * 4
    (danger,) = ladder.heard("不给钱就不让师傅走", "calm", "calm")
    assert ladder.counts(danger, off, 1)


@pytest.mark.parametrize(("contacts", "raises"), [(3, False), (4, True), (9, True)])
def test_so_many_contacts_raise(contacts: int, raises: bool) -> None:
    (sign,) = ladder.heard("请问进展？", "calm", "calm", contacts)
    assert ladder.counts(sign, Ladder(), contacts) is raises


def test_a_calm_contact_raises_nothing() -> None:
    assert ladder.heard("您好，请问保修期多久？", "calm", "calm") == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Ladder(rules={"time": Rule(to=4)}), "to_time"),
        (Ladder(rules={"luck": Rule()}), "to_luck"),
        (Ladder(rules={"repeated": Rule(number=1)}), "number_repeated"),
        (Ladder(rules={"repeated": Rule(hours=0)}), "hours_repeated"),
        (Ladder(steps=(Step(minutes=-1), Step(), Step())), "minutes_1"),
        (Ladder(steps=(Step(), Step(people=tuple(range(7))), Step())), "people_2"),
        (Ladder(steps=(Step(),)), "steps"),
    ],
)
def test_a_wrong_ladder_names_its_field(wrong: Ladder, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        ladder.checked(wrong)
    assert set(caught.value.errors) == {field}
