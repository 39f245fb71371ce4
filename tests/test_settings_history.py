"""Every setting says on its page who changed what, when, and which version it is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from shouwen.cases import queries as cases
from shouwen.cases.testing import AT, furnished
from shouwen.knowledge import services as knowledge
from shouwen.people import services as people
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.ledger import history
from shouwen.platform.preferences import services as preferences
from shouwen.promises.testing import a_calendar, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Any:
    return as_actor(a_person("administrator", name="Demo Boss"))


@pytest.fixture
def browser(boss: Any) -> Client:
    from shouwen.platform.accounts.models import User

    client = Client()
    client.force_login(
        User.objects.get(pk=boss.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def shown(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_template_keeps_its_versions_with_what_each_changed(boss: Any, browser: Client) -> None:
    made = knowledge.save_template(name="Greeting", body="Hello", at=AT, by=boss)
    knowledge.save_template(template_id=made.pk, name="Greeting", body="Good day", at=AT, by=boss)
    newest, first = history.versions("template", made.pk)
    assert (newest.version, first.version, newest.by) == (2, 1, "Demo Boss")
    assert [(change.was, change.now) for change in newest.changes] == [("Hello", "Good day")]
    page = shown(browser, reverse("knowledge:template", args=[made.pk]))
    assert "<s>Hello</s> → Good day" in page


def test_words_of_ours_keep_their_versions(boss: Any, browser: Client) -> None:

    word = knowledge.save_jargon(term="SLA", better="deadline", at=AT, by=boss)
    knowledge.save_jargon(term_id=word.pk, term="SLA", better="agreed time", at=AT, by=boss)
    newest, _first = history.versions("jargon", word.pk)
    assert [(change.was, change.now) for change in newest.changes] == [("deadline", "agreed time")]


def test_the_organisations_settings_are_written_down_only_when_they_differ(
    boss: Any, browser: Client
) -> None:
    for name in ("Old", "New", "New"):
        preferences.change(values={"organisation.name": name}, at=AT, by=boss)
    newest, _first = history.versions("organisation", 0)
    assert [(change.was, change.now) for change in newest.changes] == [("Old", "New")]
    assert "<s>Old</s> → New" in shown(browser, reverse("preferences:organisation"))


def test_every_settings_page_shows_its_history(boss: Any, browser: Client) -> None:
    furnished()
    team, calendar, item = a_team("First"), a_calendar("Day"), an_item("Repair")
    people.change_team(team_id=team.pk, name="Second", department_id=None, active=True, at=AT, by=boss)
    kind = next(iter(cases.kinds().values()))
    for name, pk in (
        ("people:team", team.pk),
        ("promises:calendar", calendar.pk),
        ("promises:item", item.pk),
        ("cases:kind", kind.pk),
    ):
        assert 'id="history"' in shown(browser, reverse(name, args=[pk])), name
    assert "<s>First</s> → Second" in shown(browser, reverse("people:team", args=[team.pk]))
    assert "<s>First</s> → Second" in shown(browser, reverse("ledger:settings-history"))


def test_the_history_names_fields_and_values_as_the_screens_do(boss: Any, browser: Client) -> None:
    team = a_team("Desk")
    made = knowledge.save_template(
        name="Note", body="Text", sort="note", language="zh-hans", team_id=team.pk, at=AT, by=boss
    )
    with translation.override("zh-hans"):
        (first,) = history.versions("template", made.pk)
    words = {change.label: change.now for change in first.changes}
    assert (words["小组"], words["类型"], words["语言"], words["启用"]) == ("Desk", "备注", "中文", "是")
