"""A filter that few cases fit, over all there ever was: stretch by stretch, and nothing is left out."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.queries import inbox
from shouwen.cases.testing import AT, a_case
from shouwen.people.testing import a_person, as_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def faxes(monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """Two faxes among nine cases, looked at four at a time."""
    monkeypatch.setattr(inbox, "COUNTED", 4)
    cases = [a_case(at=AT + timedelta(minutes=n), subject=f"请求{n}") for n in range(9)]
    Case.objects.filter(pk__in=[cases[1].pk, cases[6].pk]).update(channel="fax")
    return [cases[6], cases[1]]


def test_each_page_looks_at_one_stretch_and_leads_to_the_next(
    faxes: list[Case], django_assert_max_num_queries: Any
) -> None:
    actor, chosen = as_actor(a_person("supervisor")), queries.Filter(channel="fax")
    found, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        with django_assert_max_num_queries(3):
            rows, cursor = queries.row_page("all", actor, AT, chosen=chosen, cursor=cursor)
        found += [row.pk for row in rows]
        pages += 1
    assert found == [case.pk for case in faxes]
    assert pages == 3


def test_an_empty_stretch_is_not_called_the_end(faxes: list[Case], sign_in: Any) -> None:
    Case.objects.filter(pk=faxes[0].pk).update(channel="email")
    page = sign_in(a_person("supervisor")).get(f"{reverse('cases:inbox')}?view=all&channel=fax")
    text = page.content.decode()
    assert "没有符合的" not in text
    assert "cursor=" in text


def test_the_api_leads_on_likewise(faxes: list[Case]) -> None:
    actor = as_actor(a_person("supervisor"))
    page = queries.listed("all", actor, AT, chosen=queries.Filter(q="渠道:传真"))
    assert [case.pk for case in page.items] == [faxes[0].pk]
    assert page.next_cursor
