"""The pure rules of incidents with known answers."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from shouwen.incidents.rules import answers, areas, clusters, problems, states, words
from shouwen.incidents.rules.clusters import Profile, Seen
from shouwen.kernel.errors import Invalid, Refused

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ("沈阳市和平区南京街12号", "和平区"),
        ("江苏省苏州市昆山市", "昆山市"),
        ("青岛市市北区台东路", "市北区"),
        ("呼伦贝尔市新巴尔虎左旗阿木古郎镇", "新巴尔虎左旗"),
        ("内蒙古自治区呼和浩特市", "呼和浩特市"),
        ("和平区", "和平区"),
        ("阳光小区3号楼", "阳光小区3号楼"),
        ("Springfield, Main Street 4", "Springfield"),
        ("  ", ""),
    ],
)
def test_an_area_is_the_district_and_not_the_house(place: str, area: str) -> None:
    assert areas.area_of(place) == area


def test_the_first_known_place_counts() -> None:
    assert areas.area_of("", "沈阳市和平区") == "和平区"


def test_everyday_words_tell_nothing() -> None:
    assert words.terms("您好，请问我家断网了怎么处理") >= {"断网"}
    assert not words.terms("您好，请问") & {"您好", "请问"}
    assert words.terms("Hello, the internet is down again") == {"internet", "down"}
    assert words.terms("12345 8") == frozenset()


def test_pairs_that_belong_together_are_spelled_as_one_word() -> None:
    counts = Counter({"断网": 18, "网了": 17, "红灯": 9, "亮红": 9, "光猫": 12})
    assert words.spelled(counts) == [("断网了", 17), ("光猫", 12), ("亮红灯", 9)]


def seen(number: int, minutes: float, area: str = "和平区", *terms: str, model: str = "") -> Seen:
    return Seen(number, 1000 + number, AT - timedelta(minutes=minutes), area, model, frozenset(terms))


def cable(many: int, area: str = "和平区") -> list[Seen]:
    return [seen(n, 5 + n, area, "断网", "光猫") for n in range(1, many + 1)]


def test_four_customers_of_one_area_with_the_same_words_are_a_cluster() -> None:
    (found,) = clusters.clusters(cable(4), AT)
    assert (found.sort, found.value, found.customers) == ("area", "和平区", 4)
    assert found.case_ids == (4, 3, 2, 1)  # oldest first
    assert set(found.terms) == {"断网", "光猫"}
    # nothing was seen before: half a case is expected, and four or more of it have this chance
    assert found.usual == 0.5
    assert found.chance == pytest.approx(0.0017516226, abs=1e-9)


def test_three_are_a_coincidence_and_one_customer_four_times_is_one() -> None:
    assert clusters.clusters(cable(3), AT) == []
    same = [Seen(n, 7, AT - timedelta(minutes=n), "和平区", "", frozenset({"断网"})) for n in range(1, 9)]
    assert clusters.clusters(same, AT) == []


def test_other_words_or_another_place_are_no_cluster() -> None:
    apart = [seen(1, 5, "和平区", "断网"), seen(2, 6, "和平区", "漏水"), seen(3, 7, "和平区", "发票")]
    elsewhere = [
        seen(n, n, place, "断网") for n, place in enumerate(("沈河区", "大东区", "皇姑区", "铁西区"), 4)
    ]
    assert clusters.clusters([*apart, *elsewhere], AT) == []


def test_what_lies_too_far_apart_is_no_cluster() -> None:
    assert clusters.clusters([seen(n, 60 * n, "和平区", "断网") for n in range(1, 7)], AT) == []


def test_what_always_comes_in_such_numbers_is_no_surprise() -> None:
    before = [seen(100 + n, 121 + 12 * n, "和平区", "断网") for n in range(100)]  # ten in each two hours
    today = [seen(n, 10 * n, "和平区", "断网") for n in range(1, 11)]
    assert clusters.clusters([*before, *today], AT) == []


def test_two_causes_in_one_area_are_two_words_and_the_larger_one_leads() -> None:
    water = [seen(50 + n, 5 + n, "沈河区", "停水", "水管") for n in range(5)]
    found = clusters.clusters([*cable(12), *water], AT)
    assert [(one.value, one.customers) for one in found] == [("和平区", 12), ("沈河区", 5)]


def test_one_model_in_many_places_is_a_cluster_too() -> None:
    rows = [seen(n, n, f"{n}号区", "死机", "重启", model="HG8245") for n in range(1, 8)]
    (found,) = clusters.clusters(rows, AT)
    assert (found.sort, found.value, found.customers) == ("model", "HG8245", 7)


PROFILE = Profile(frozenset({"和平区"}), "HG8245", frozenset({"断网", "光猫"}))


@pytest.mark.parametrize(
    ("area", "model", "terms", "fits"),
    [
        ("和平区", "", {"断网", "光猫"}, True),
        ("和平区", "", {"断网"}, False),  # one word and the district alone are too little
        ("和平区", "hg8245", {"断网"}, True),
        ("沈河区", "HG8245", {"断网", "光猫"}, True),
        ("沈河区", "", {"断网", "光猫"}, False),
        ("", "", {"断网", "光猫"}, False),
        ("和平区", "HG8245", set(), False),
    ],
)
def test_a_case_fits_by_place_or_model_and_words(area: str, model: str, terms: set[str], fits: bool) -> None:
    assert (clusters.fit(area, model, frozenset(terms), PROFILE) is not None) is fits


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("好了，谢谢", "working"),
        ("已经恢复了", "working"),
        ("能用了", "working"),
        ("Working again, thanks", "working"),
        ("It's back online", "working"),
        ("还是上不了网", "not_working"),
        ("好了一会儿又断了", "not_working"),
        ("没有恢复", "not_working"),
        ("Still no internet", "not_working"),
        ("it does not work", "not_working"),
        ("恢复了吗？", ""),
        ("什么时候修好？", ""),
        ("请问发票怎么开", ""),
        ("", ""),
    ],
)
def test_an_answer_is_read_in_both_languages(text: str, said: str) -> None:
    assert answers.answer_of(text) == said


def test_restoring_some_areas_is_partly_and_the_last_one_is_all() -> None:
    three = [states.Area(1, False), states.Area(2, False), states.Area(3, True)]
    assert states.restoration(three, [1]) == (frozenset({1}), "partly")
    assert states.restoration(three, [1, 2]) == (frozenset({1, 2}), "restored")
    assert states.restoration(three, []) == (frozenset({1, 2}), "restored")


@pytest.mark.parametrize("wrong", [[4], [3], [1, 99]])
def test_a_strange_or_restored_area_is_refused(wrong: list[int]) -> None:
    with pytest.raises(Invalid) as caught:
        states.restoration([states.Area(1, False), states.Area(3, True)], wrong)
    assert caught.value.field == "areas"


@pytest.mark.parametrize(
    ("state", "to"),
    [("suspected", "restored"), ("open", "closed"), ("closed", "restored"), ("dismissed", "closed")],
)
def test_no_state_is_jumped_over(state: str, to: str) -> None:
    with pytest.raises(Refused):
        states.must_go(state, to)


def test_still_not_working_contradicts_only_what_was_said() -> None:
    assert states.may_reopen("restored", True)
    assert states.may_reopen("closed", True)
    assert states.may_reopen("partly", True)
    assert not states.may_reopen("partly", False)
    assert not states.may_reopen("open", False)


def test_whys_go_one_after_another() -> None:
    assert problems.whys(["皮带断裂", "保养间隔太长", ""]) == ["皮带断裂", "保养间隔太长"]
    for wrong in ([""], ["一", "", "三"], ["a"] * 6, ["长" * 401]):
        with pytest.raises(Invalid) as caught:
            problems.whys(wrong)
        assert caught.value.field == "whys"


def watched(opened: list[datetime], fixed: datetime, *, days: int, before: int) -> problems.Watch:
    spans = problems.spans(fixed, AT, days=days, before=before)
    counts = [sum(span.start <= moment < span.end for moment in opened) for span in spans]
    return problems.watch(counts, spans, fixed, AT)


def test_a_watch_counts_by_period_from_the_fix_both_ways() -> None:
    fixed = AT - timedelta(days=14)
    opened = [fixed - timedelta(days=day, hours=1) for day in range(12)] + [fixed + timedelta(days=3)]
    found = watched(opened, fixed, days=7, before=2)
    assert [(one.count, one.after) for one in found.periods] == [(5, False), (7, False), (1, True), (0, True)]
    assert found.drop is not None
    assert (found.drop.before, found.drop.after, found.drop.is_real) == (12, 1, True)
    assert found.drop.p == pytest.approx(14 / 8192)  # at most one of thirteen with a fair coin


def test_a_watch_of_some_hours_says_nothing_yet() -> None:
    assert watched([], AT - timedelta(hours=5), days=7, before=6).drop is None


def test_a_watch_of_many_periods_shows_sixty_one_and_counts_all() -> None:
    fixed = AT - timedelta(days=100)
    opened = [fixed - timedelta(days=1)] * 12 + [AT - timedelta(days=2)] * 3
    spans = problems.spans(fixed, AT, days=1, before=6)
    assert (len(spans), spans[-1].end, spans[-1].after) == (6 + 61 + 1, AT, True)
    found = watched(opened, fixed, days=1, before=6)
    assert len(found.periods) == 6 + 61
    assert found.drop is not None
    assert (found.drop.before, found.drop.after) == (12, 3)


def past(number: int, day: int, model: str, *terms: str) -> problems.Past:
    return problems.Past(number, number, AT - timedelta(days=day), model, "repair", frozenset(terms))


def test_what_one_model_has_again_and_again_recurs() -> None:
    belts = [past(n, 3 * n, "ZX200", "皮带", "断裂") for n in range(1, 9)]
    others = [past(100 + n, n, "SY75", "发票", "开票") for n in range(40)]
    (found, *_more) = [one for one in problems.recurring([*belts, *others]) if one.value == "ZX200"]
    assert (found.sort, len(found.case_ids), found.days) == ("model", 8, 8)
    assert {word for word, _count in found.words} == {"皮带", "断裂"}


def test_what_came_all_on_one_day_is_an_incident_and_no_problem() -> None:
    one_day = [past(n, 1, "ZX200", "皮带") for n in range(1, 9)]
    others = [past(100 + n, n, "SY75", "发票") for n in range(40)]
    assert not [one for one in problems.recurring([*one_day, *others]) if one.value == "ZX200"]
