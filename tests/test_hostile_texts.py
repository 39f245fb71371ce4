"""Texts of strangers and of staff that try to be markup: every page that shows them shows them as text."""

import re
from collections import deque
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from shouwen.cases import services as casework
from shouwen.cases.services import configuring
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.customers.testing import a_customer, a_flag, an_asset
from shouwen.knowledge.testing import a_phrase, a_template, a_wording, an_article
from shouwen.people.testing import a_department, a_person, a_team, as_actor
from shouwen.promises.testing import an_item

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

EVIL = '"><img src=x onerror=evil(7)>'  # short enough for every field
STARTS = ["/inbox/?view=all", "/customers/", "/knowledge/", "/tasks/", "/promises/?whose=all", "/people/"]
STARTS += ["/settings/", "/settings/kinds/", "/supervisor/", "/search/?q=evil", "/register/?channel=phone"]
PUBLIC = [
    "/request/",
    "/help/",
    "/help/?q=evil",
    "/accounts/login/?next=%22%3E%3Cscript%3Eevil(7)%3C/script%3E",
]
MOST = 160  # pages of one walk


class Page(HTMLParser):
    """What a browser would run of ours that we did not write, the links, and whether the text is there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[str] = []
        self.links: list[str] = []
        self.shown = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or "javascript:" in (value or "").lower():
                self.runs.append(f"<{tag} {name}={value}>")
            if tag == "a" and name == "href" and value:
                self.links.append(value)
        if tag == "img" and ("src", "x") in attrs:
            self.runs.append("<img src=x>")

    def handle_data(self, data: str) -> None:
        if "evil(7)" in data:
            self.shown = True
            if self.cdata_elem == "script":
                self.runs.append(f"<script>{data}")


def read(text: str) -> Page:
    page = Page()
    page.feed(text)
    return page


def shape(address: str) -> str:
    path, _, query = address.partition("?")
    names = "&".join(sorted(part.split("=")[0] for part in query.split("&")))
    return re.sub(r"/(\d+|[A-Z]{2}\d+)(?=/)", "/N", path) + "?" + names


def walk(client: Client, starts: list[str]) -> dict[str, Page]:
    """Every kind of page that can be reached from `starts` by links, one of each."""
    found: dict[str, Page] = {}
    waiting, seen = deque(starts), set()
    while waiting and len(found) < MOST:
        address = waiting.popleft().split("#")[0]
        if shape(address) in seen or not address.startswith("/") or address.startswith("/api/"):
            continue
        seen.add(shape(address))
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        found[address] = read(answer.content.decode())
        base = address.partition("?")[0]
        waiting.extend(base + link if link.startswith("?") else link for link in found[address].links)
    return found


@pytest.fixture
def hostile() -> Any:
    """A small company where everything that can have a name or words of one's own has these."""
    furnished()
    team, department = a_team(EVIL), a_department(EVIL)
    boss = a_person("administrator", "supervisor", "agent", name=EVIL, teams=(team,), department=department)
    by = as_actor(boss)
    field = {"code": "evil", "label": EVIL, "label_en": EVIL, "sort": "text", "choices": ""}
    configuring.save_kind(
        kind_id=None,
        code="evil",
        name=EVIL,
        name_en=EVIL,
        icon="wrench",
        active=True,
        fields=[field],
        at=AT,
        by=by,
    )
    customer = a_customer(EVIL, email="evil@example.com")
    an_asset(customer, EVIL, serial_number=EVIL)
    a_flag(customer, EVIL)
    case = a_case(customer=customer, subject=EVIL, text=f"{EVIL} 1小时内给您回电", owner=boss)
    casework.note(case_id=case.pk, text=EVIL, at=AT, by=by)
    casework.set_tags(case_id=case.pk, tags=["evil(7)<b>"], at=AT, by=by)
    casework.ask_task(
        case_id=case.pk, title=EVIL, ask=EVIL, minutes=60, department_id=department.pk, at=AT, by=by
    )
    an_article(EVIL, EVIL, audience="public")
    a_template(EVIL, EVIL)
    a_wording(EVIL, EVIL)
    a_phrase("evil(7)<b>", EVIL)
    an_item(EVIL)
    everything_happens()
    return boss, case


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_texts_that_try_to_be_markup_are_shown_as_text_on_every_page(hostile: Any) -> None:
    boss, case = hostile
    client = signed_in(boss)
    pages = walk(client, [f"/cases/{case.reference}/", f"/cases/{case.reference}/events/", *STARTS])
    pages |= walk(Client(), PUBLIC)
    assert {address: page.runs for address, page in pages.items() if page.runs} == {}
    showing = {shape(address) for address, page in pages.items() if page.shown}
    for seen in ("/inbox/?view", "/cases/N/?", "/customers/?", "/customers/N/?", "/knowledge/?", "/help/?"):
        assert seen in showing, seen
    assert len(showing) > 20
