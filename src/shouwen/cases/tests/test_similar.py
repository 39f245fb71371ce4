"""Suggestions while reading a case: cases like it, templates that fit (KNO-4)."""

import pytest

from shouwen.cases import queries, services
from shouwen.cases.queries.similar import similar_to
from shouwen.cases.testing import a_case, everything_happens, furnished
from shouwen.customers.testing import a_customer
from shouwen.knowledge.testing import a_template
from shouwen.people.testing import a_person, as_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installation():
    furnished()


@pytest.fixture
def wang():
    return a_person("agent", name="王芳")


def indexed(*subjects, **values):
    made = [
        a_case(customer=a_customer(f"客户{n}"), subject=each, **values) for n, each in enumerate(subjects)
    ]
    everything_happens()
    return made


def subjects(case, person):
    return [each.subject_line for each in similar_to(case, as_actor(person))]


def test_cases_of_others_about_the_same_are_found_the_likest_first(wang):
    here, *_others = indexed(
        "液压泵漏油怎么处理", "挖掘机液压泵漏油", "发票抬头开错了", "液压泵异响漏油，急", owner=wang
    )
    found = subjects(here, wang)
    assert set(found) == {"挖掘机液压泵漏油", "液压泵异响漏油，急"}


def test_what_was_answered_stands_before_what_is_open(wang):
    here, solved, _still_open = indexed("液压泵漏油", "液压泵漏油很久", "液压泵漏油", owner=wang)
    services.resolve(
        case_id=solved.pk, summary="更换了密封圈，试机正常。", at=solved.opened_at, by=as_actor(wang)
    )
    assert subjects(here, wang)[0] == "液压泵漏油很久"


def test_a_restricted_case_is_not_suggested_to_a_stranger(wang):
    here, hidden = indexed("液压泵漏油", "液压泵漏油的投诉", owner=wang)
    services.set_restricted(
        case_id=hidden.pk, restricted=True, at=hidden.opened_at, by=as_actor(a_person("supervisor"))
    )
    assert subjects(here, a_person("agent")) == []


def test_it_costs_two_statements(wang, django_assert_max_num_queries):
    here, *_others = indexed("液压泵漏油怎么处理", "挖掘机液压泵漏油", owner=wang)
    actor = as_actor(wang)
    with django_assert_max_num_queries(2):
        assert similar_to(here, actor)


def test_templates_that_fit_the_case_are_offered_first(wang):
    (here,) = indexed("发票抬头开错了，要求重开", owner=wang)
    a_template("节日问候", "祝您节日愉快。")
    a_template("发票重开说明", "请提供正确的发票抬头和税号，我们为您重开发票。")
    offered = queries.inserts(here, "", as_actor(wang))
    assert offered[0]["name"] == "发票重开说明"
