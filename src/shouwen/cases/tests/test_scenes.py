"""`shouwen simulate …`: each exchange goes its whole way against a server, the answer of a colleague in its middle."""

from typing import Any

import pytest

from shouwen.cases import services
from shouwen.cases.models import Case
from shouwen.cases.testing import everything_happens, furnished
from shouwen.channels.models import Message, Visit
from shouwen.channels.testing import make_line
from shouwen.channels.vendors import scenes
from shouwen.channels.vendors.chat.testing import make_chat
from shouwen.channels.vendors.desk.testing import a_hall
from shouwen.channels.vendors.standing_in import StandIn
from shouwen.kernel.errors import Refused
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SHARED = {"app_secret": "s", "token": "sharedtoken", "aes_key": KEY, "secret": "a secret of the test"}
LINES: dict[str, dict[str, str]] = {
    "wechat": {"app_id": "wx1", "welcome": "欢迎"},
    "wecom": {"corp_id": "ww1", "agent_id": "7"},
    "wecom_kf": {"corp_id": "ww1", "open_kfid": "wk1"},
    "sms": {},
    "webhook": {},
}


class Colleague:
    """Sees what happens on the stage, and answers the customer's first words."""

    def __init__(self) -> None:
        self.actor, self.said = as_actor(a_person("agent", name="王芳")), list[str]()
        self.answered = False

    def __call__(self, line: str) -> None:
        self.said.append(line)
        for _turn in range(2):  # what a ring lets us fetch is read in the second
            everything_happens(now())
        case = Case.objects.first()
        if case is not None and not self.answered:
            self.answered = True
            services.reply(case_id=case.pk, text="马上安排师傅联系您。", at=now(), by=self.actor)
            everything_happens(now())


@pytest.mark.parametrize("vendor", LINES)
def test_a_customer_asks_is_answered_and_thanks(vendor: str, live_server: Any) -> None:
    furnished(now())
    with StandIn() as platform:
        where = {"api": platform.url, "send_url": platform.url, "deliver_url": platform.url}
        fields = {one.name for one in scenes_fields(vendor)}
        given = {
            name: value for name, value in {**SHARED, **where, **LINES[vendor]}.items() if name in fields
        }
        account, colleague = make_line(vendor, **given), Colleague()
        stage = scenes.Stage(live_server.url, colleague, wait=20)
        scenes.connected(stage, account, f"/hooks/{vendor}/{account.pk}/")
    assert any("we: " in line and "马上安排师傅联系您" in line for line in colleague.said)
    case = Case.objects.get()
    said = Message.objects.filter(subject_id=case.pk)
    assert said.get(text="马上安排师傅联系您。").delivery in ("sent", "delivered")
    assert said.filter(direction="inbound").count() >= 2


def scenes_fields(vendor: str) -> Any:
    from shouwen.channels import registry

    return registry.get(vendor).fields


def test_a_line_to_a_real_platform_is_never_played_with() -> None:
    account = make_line("webhook", deliver_url="https://shop.example.com/", secret="s")
    with pytest.raises(Refused):
        scenes.connected(scenes.Stage("http://127.0.0.1:1", print), account, "/")


def test_a_visitor_writes_in_the_chat_and_visitors_take_numbers(live_server: Any) -> None:
    furnished(now())
    said: list[str] = []
    stage, hall = scenes.Stage(live_server.url, said.append, wait=0), a_hall()
    scenes.chat(stage, make_chat(ask_name="optional").address)
    assert Case.objects.get().channel == "chat"
    scenes.counter(stage, hall.key, 3)
    assert list(Visit.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert "  customer: takes number A003" in said
