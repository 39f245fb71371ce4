from datetime import timedelta

import pytest

from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.knowledge import queries, services
from shouwen.knowledge.models import Template
from shouwen.knowledge.testing import AT, TODAY, a_template, a_wording
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM

pytestmark = pytest.mark.django_db
CASE = ("case", 12)


def test_a_template_is_filled_and_counted():
    made = a_template(body="{{customer_name}}，您好！编号 {{case_ref}}，{{ promise }}。")
    text = services.use_template(made.pk, {"customer_name": "王芳", "case_ref": "26-0012-7"})
    assert text == "王芳，您好！编号 26-0012-7，{{ promise }}。"
    made.refresh_from_db()
    assert made.uses == 1


def test_a_value_is_never_read_for_gaps_itself():
    made = a_template(body="{{customer_name}}：{{case_ref}}")
    assert (
        services.use_template(made.pk, {"customer_name": "{{case_ref}}", "case_ref": "9"})
        == "{{case_ref}}：9"
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body": "  "}, "body"),
        ({"body": "您好，{{client}}"}, "body"),
        ({"body": "{{customer_name}}，您好，{{customer_name}}"}, "body"),
        ({"sort": "greeting", "body": "您好！"}, "body"),
        ({"sort": "closing", "body": "{{customer_name}}，祝好！{{customer_name}}"}, "body"),
        ({"sort": "thanks", "body": "谢谢{{customer_name}}，{{ customer_name }}"}, "body"),
        ({"name": ""}, "name"),
        ({"sort": "joke"}, "sort"),
        ({"channel": "pigeon"}, "channel"),
        ({"language": "fr"}, "language"),
    ],
)
def test_a_template_that_cannot_be_kept_names_its_field(values, field):
    given = {"name": "问候", "body": "您好", **values}
    with pytest.raises(Invalid) as refused:
        services.save_template(**given, at=AT, by=SYSTEM)
    assert refused.value.field == field


def test_templates_are_found_by_name_pinyin_and_text_the_most_used_first():
    thanks, greeting = a_template("感谢等候", "让您久等了。"), a_template("问候", "您好！")
    services.use_template(greeting.pk, {})
    agent = as_actor(a_person("agent"))
    assert queries.find_templates("", actor=agent) == [greeting, thanks]
    for typed in ("感谢", "gxdh", "ganxie", "久等"):
        assert queries.find_templates(typed, actor=agent) == [thanks]


def test_templates_keep_to_their_channel_language_and_team():
    team = a_team()
    sms, english = a_template(channel="sms"), a_template(language="en")
    own = a_template(team_id=team.pk)
    member = as_actor(a_person("agent", teams=(team,)))
    other = as_actor(a_person("agent"))
    assert set(queries.find_templates("", channel="email", language="zh-hans", actor=member)) == {own}
    assert set(queries.find_templates("", channel="sms", actor=other)) == {sms, english}
    with pytest.raises(NotFound):
        services.use_template(own.pk, {}, by=other)


def test_a_stranger_has_no_templates_and_an_agent_keeps_none():
    a_template()
    assert queries.find_templates("", actor=as_actor(a_person("provider"))) == []
    with pytest.raises(Forbidden):
        services.save_template(name="x", body="y", at=AT, by=as_actor(a_person("agent")))


def test_the_first_set_is_put_in_once_and_passes_our_own_check():
    assert services.furnish(at=AT, by=SYSTEM) == Template.objects.count()
    assert services.furnish(at=AT, by=SYSTEM) == 0
    languages = {"zh-hans", "en"}
    assert {(t.language, t.sort) for t in Template.objects.all()} >= {
        (language, sort) for language in languages for sort in ("greeting", "closing", "thanks", "reply")
    }
    values = {"customer_name": "王芳", "agent_name": "李青", "case_ref": "1", "organisation": "首问"}
    values["promise"] = "今天17:00前给您回电"
    for each in Template.objects.exclude(sort="note"):
        text = services.use_template(each.pk, values)
        assert queries.check_reply(text) == [], (each.name, queries.check_reply(text))


def test_one_topic_has_one_wording_at_a_time():
    a_wording("运费", valid_to=TODAY + timedelta(days=10))
    with pytest.raises(Invalid) as refused:
        a_wording("运费")
    assert refused.value.field == "topic"
    a_wording("运费", valid_from=TODAY + timedelta(days=11))
    a_wording("运费", language="en", text="We pay the shipping.")


def test_a_replaced_wording_ends_the_day_before_and_both_are_kept():
    old = a_wording("运费", "运费由我们承担。")
    new = services.replace_wording(
        wording_id=old.pk, text="满99元免运费。", valid_from=TODAY + timedelta(days=1), at=AT, by=SYSTEM
    )
    old.refresh_from_db()
    assert (old.valid_to, new.replaces) == (TODAY, old)
    assert queries.valid_wordings("运费", on=TODAY) == [old]
    assert queries.valid_wordings("运费", on=TODAY + timedelta(days=1)) == [new]
    with pytest.raises(Invalid):
        services.replace_wording(wording_id=new.pk, text="x", valid_from=new.valid_from, at=AT, by=SYSTEM)


def test_an_ended_wording_is_over_the_day_after():
    found = a_wording("运费")
    services.end_wording(wording_id=found.pk, last_day=TODAY, reason="活动结束", at=AT, by=SYSTEM)
    assert queries.valid_wordings("运费", on=TODAY) == [found]
    assert queries.valid_wordings("运费", on=TODAY + timedelta(days=1)) == []
    later = AT + timedelta(days=2)
    with pytest.raises(Refused):
        services.end_wording(wording_id=found.pk, last_day=TODAY, reason="再次", at=later, by=SYSTEM)


def test_a_changed_wording_knows_where_the_old_one_was_said():
    old = a_wording("运费", "退货的运费，由我们承担。")
    used = services.record_wordings(subject=CASE, text="您好！\n退货的运费由我们 承担，请放心。", at=AT)
    services.record_wordings(subject=CASE, text="退货的运费，由我们承担。", at=AT)
    assert used == [old]
    assert queries.subjects_using(old.pk) == [CASE]
    tomorrow = TODAY + timedelta(days=1)
    services.replace_wording(wording_id=old.pk, text="满99元免运费。", valid_from=tomorrow, at=AT, by=SYSTEM)
    assert queries.outdated_in(CASE, on=TODAY) == []
    assert [each.pk for each in queries.outdated_in(CASE, on=tomorrow)] == [old.pk]


def test_a_text_brings_the_wordings_that_fit_it():
    shipping = a_wording("退货运费", "运费由我们承担。", keywords="邮费 快递费")
    a_wording("发票", "电子发票一个工作日内发出。")
    assert queries.valid_wordings("退货的快递费谁出？", on=TODAY) == [shipping]
    assert len(queries.valid_wordings(on=TODAY)) == 2


def test_only_a_publisher_states_wordings():
    with pytest.raises(Forbidden):
        services.state_wording(
            topic="运费", text="x", valid_from=TODAY, at=AT, by=as_actor(a_person("agent"))
        )
