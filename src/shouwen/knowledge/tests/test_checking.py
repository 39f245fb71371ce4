from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.knowledge import queries, services
from shouwen.knowledge.rules import months
from shouwen.knowledge.rules.reply_check import ReplyContext
from shouwen.knowledge.testing import AT, TODAY, a_phrase
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM

pytestmark = pytest.mark.django_db


def sorts(text, **context):
    return [remark.sort for remark in queries.check_reply(text, ReplyContext(**context))]


def test_the_built_in_list_works_without_any_setting():
    text = "我不清楚这个情况。"
    (remark,) = queries.check_reply(text)
    assert queries.better(text, remark) == "我来为您核实这个情况。"


def test_an_own_phrase_counts_from_the_moment_it_is_saved():
    assert sorts("亲，在的哦") == []
    phrase = a_phrase("亲，", "您好，", reason="我们不用这种称呼。")
    (remark,) = queries.check_reply("亲，在的哦")
    assert (remark.better, queries.said(remark.reason)) == ("您好，", "我们不用这种称呼。")
    services.save_phrase(phrase_id=phrase.pk, phrase="亲，", active=False, at=AT, by=SYSTEM)
    assert sorts("亲，在的哦") == []


def test_a_rolled_back_change_leaves_no_trace_in_memory():
    with transaction.atomic():
        a_phrase("亲，")
        assert sorts("亲，在的哦") == ["taboo"]
        transaction.set_rollback(True)
    assert sorts("亲，在的哦") == []
    a_phrase("哦哦")
    assert sorts("亲，在的哦") == []


def test_an_allowed_phrase_silences_the_built_in_remark():
    assert sorts("这是规定。") == ["taboo"]
    a_phrase("这是规定", sort="allowed")
    assert sorts("这是规定。") == []


def test_an_own_word_of_jargon_has_a_meaning():
    services.save_jargon(term="铲装单", better="装载记录", at=AT, by=SYSTEM)
    (remark,) = queries.check_reply("铲装单已经发给您。")
    assert (remark.sort, remark.better) == ("jargon", "装载记录")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phrase": "亲"}, "phrase"),
        ({"phrase": "亲" * 81}, "phrase"),
        ({"phrase": "在吗", "sort": "curse"}, "sort"),
        ({"phrase": "在吗", "better": "您在吗"}, "better"),
        ({"phrase": "在吗", "language": "fr"}, "language"),
    ],
)
def test_a_phrase_that_cannot_be_kept_names_its_field(values, field):
    with pytest.raises(Invalid) as refused:
        services.save_phrase(**values, at=AT, by=SYSTEM)
    assert refused.value.field == field


def test_the_same_phrase_is_not_kept_twice():
    a_phrase("亲，")
    with pytest.raises(Invalid):
        a_phrase("亲，")


def test_only_a_publisher_keeps_the_lists():
    with pytest.raises(Forbidden):
        services.save_jargon(term="x", better="y", at=AT, by=as_actor(a_person("agent")))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_reason_is_said_in_the_readers_language(language):
    with translation.override(language):
        (remark,) = queries.check_reply("这是规定。")
        said = queries.said(remark.reason)
    assert "这是规定" in said
    assert ("rule" in said) == (language == "en")


def test_sent_replies_are_counted_with_what_was_left_in_them():
    li, wang = a_person().pk, a_person().pk
    services.measure_reply(text="这是规定。我不清楚。", staff_id=li, at=AT)
    services.measure_reply(text="您好，已经为您办好了。", staff_id=li, at=AT)
    services.measure_reply(text="这是规定。", staff_id=wang, at=AT)
    figures = queries.check_figures(since=TODAY, until=TODAY, staff_id=li)
    assert (figures.replies, [(sort, n) for sort, _label, n in figures.remarks]) == (2, [("taboo", 2)])
    assert figures.per_reply == 1.0
    assert queries.check_figures(since=TODAY, until=TODAY).replies == 3


def test_figures_are_kept_by_team_and_month():
    service, repair = a_team("Service"), a_team("Repair")
    li, last_month = a_person().pk, AT - timedelta(days=AT.day)
    services.measure_reply(text="这是规定。我不清楚。", staff_id=li, team_id=service.pk, at=AT)
    services.measure_reply(text="您好，已经为您办好了。", staff_id=li, team_id=service.pk, at=AT)
    services.measure_reply(text="这是规定。", staff_id=li, team_id=service.pk, at=last_month)
    services.measure_reply(text="您好，已经为您办好了。", staff_id=li, team_id=repair.pk, at=AT)
    found = queries.team_figures(TODAY.replace(day=1))
    assert [(one.name, one.replies, one.remarks, one.per_reply) for one in found] == [
        ("Service", 2, 2, 1.0), ("Repair", 1, 0, 0.0)
    ]  # fmt: skip
    assert [(sort, n) for sort, _label, n in found[0].worst] == [("taboo", 2)]
    assert (found[0].before, found[0].change, found[1].before) == (1.0, 0.0, None)


def test_the_figures_of_a_month_take_three_queries(django_assert_max_num_queries):
    services.measure_reply(text="这是规定。", staff_id=a_person().pk, team_id=a_team().pk, at=AT)
    with django_assert_max_num_queries(3):
        queries.team_figures(TODAY.replace(day=1))


def test_a_month_is_written_as_a_year_and_a_month():
    assert months.from_text("", date(2026, 11, 22)) == date(2026, 11, 1)
    assert months.from_text("2025-12", date(2026, 11, 22)) == date(2025, 12, 1)
    assert months.before(date(2026, 1, 1)) == date(2025, 12, 1)
    assert months.next_after(date(2025, 12, 1)) == date(2026, 1, 1)
    for wrong in ("2026", "2026-13", "x", "2026-11-22"):
        with pytest.raises(Invalid) as refused:
            months.from_text(wrong, date(2026, 11, 22))
        assert refused.value.field == "month"
