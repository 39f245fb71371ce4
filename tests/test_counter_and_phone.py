"""The counter and the ringing phone in a real browser: tablet, hall screen, agent, pop-up; each looked at in every
way and by axe."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from shouwen.channels import signing
from tests.fixtures.browser import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once]
KEYS = """
import django; django.setup()
import json
from shouwen.channels.vendors.desk import queries as desk
from shouwen.channels.vendors.phone import queries as phone
from shouwen.platform.secrets import unseal
system = phone.systems()[0]
print(json.dumps({"hall": desk.halls()[0].key, "pbx": system.key, "secret": unseal(system.secret),
    "line": phone.lines()[0].number, "number": phone.some_numbers(1)[0]}))
"""


@pytest.fixture(scope="module")
def keys(shouwen: Any) -> Any:
    return json.loads(shouwen.python(KEYS).strip().splitlines()[-1])


def signs_in(page: Any, username: str) -> Any:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("shouwen-demo")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


# kept when the page has heard of one more change and acted on it: it gathers them for a blink
NEXT_CHANGE = """() => {
  window.nextChange = new Promise((kept) => document.addEventListener("live", () => setTimeout(kept, 200), { once: true }));
}"""


def test_a_visitor_takes_a_number_is_called_on_the_screen_and_served_at_the_counter(
    people_at: Any, shouwen: Any, keys: Any, pictures: Any, accessible: Any
) -> None:
    tablet, screen = people_at(shouwen.url), people_at(shouwen.url)
    tablet.goto(f"/hall/{keys['hall']}/")
    pictures.in_every_way(tablet, "counter-tablet", accessible)
    tablet.locator(".matter").first.click()
    number = tablet.locator(".ticket-number").inner_text()
    ticket = urlsplit(tablet.url).path
    pictures.in_every_way(tablet, "counter-ticket", accessible)

    agent = signs_in(people_at(shouwen.url), "chu")
    agent.goto("/counter/")
    agent.get_by_label("柜台").select_option(index=1)
    agent.get_by_role("button", name="入座此柜台").click()
    agent.get_by_role("button", name="叫下一位").click()
    expect(agent.locator(".visit-number")).to_have_text(number)
    screen.goto(f"/hall/{keys['hall']}/screen/")
    expect(screen.locator(".hall-row", has_text=number)).to_be_visible()
    the_screen_in_every_way(screen, keys["hall"], pictures, accessible)
    tablet.goto(ticket)
    expect(tablet.locator("#ticket")).to_have_attribute("data-state", "called")

    answers: list[Any] = []  # the first answer arrives only after the next change has been heard
    tablet.route("**/ticket/**", lambda route: answers.append((route, route.fetch())), times=1)
    with tablet.expect_request("**/ticket/**"):
        agent.get_by_role("button", name="来访者已到").click()
    pictures.in_every_way(agent, "counter-agent", accessible)
    agent.get_by_label("来办什么").fill("问发票抬头怎么改")
    tablet.evaluate(NEXT_CHANGE)
    agent.get_by_role("button", name="办结").click()
    tablet.evaluate("window.nextChange")
    for route, answer in answers:
        route.fulfill(response=answer)
    expect(tablet.locator("#ticket")).to_have_attribute("data-state", "done")
    agent.goto("/counter/visits/")
    expect(agent.get_by_role("row").filter(has_text=number).first).to_be_visible()
    agent.goto("/counter/")
    agent.get_by_role("button", name="离开柜台").click()


def the_screen_in_every_way(screen: Any, key: str, pictures: Any, accessible: Any) -> None:
    """It has no control for the language: it speaks as the tablet beside it was told to."""
    for language in ("en", "zh"):
        screen.goto(f"/hall/{key}/")
        speak(screen, language)
        screen.goto(f"/hall/{key}/screen/")
        pictures.take_all(screen, f"counter-screen-{language}")
        accessible(screen)


class Switchboard:
    """Reports one call, signed, as a telephone system does."""

    def __init__(self, url: str, keys: Any) -> None:
        self.url, self.keys, self.count = f"{url}/hooks/phone/{keys['pbx']}/", keys, 0
        self.name = f"call-{datetime.now(UTC).timestamp()}"

    def says(self, event: str, **more: str) -> None:
        self.count += 1
        at = datetime.now(UTC).replace(microsecond=0)
        told = {"id": f"{self.name}-{self.count}", "call": self.name, "event": event, "at": at.isoformat()}
        body = json.dumps({**told, "number": self.keys["number"], "line": self.keys["line"], **more}).encode()
        stamp = str(int(at.timestamp()))
        heads = {signing.TIMESTAMP: stamp, signing.SIGNATURE: signing.sign(self.keys["secret"], stamp, body)}
        assert httpx.post(self.url, content=body, headers=heads, timeout=30).status_code == 200


def test_it_rings_on_the_screen_of_whose_extension_it_is(
    people_at: Any, shouwen: Any, keys: Any, pictures: Any, accessible: Any
) -> None:
    agent = signs_in(people_at(shouwen.url), "wang")
    agent.goto("/inbox/")
    board = Switchboard(shouwen.url, keys)
    board.says("ringing", extension="801")
    popped = agent.locator("#call-here .call-card")
    expect(popped).to_be_visible()
    expect(popped.locator(".call-who a").first).to_be_visible()
    accessible(agent)
    board.says("answered", extension="801")
    expect(popped).to_have_attribute("data-state", "talking")
    agent.goto("/promises/")  # it stays over a change of pages
    expect(popped).to_be_visible()
    pictures.in_every_way(agent, "phone-pop-up", accessible)
    popped.get_by_role("button", name="同意稍候").click()
    agent.goto("/calls/?view=mine")
    agent.get_by_role("row").filter(has_text="通话中").get_by_role("link").last.click()
    pictures.in_every_way(agent, "phone-write-it-down", accessible)
    board.says("ended")
    agent.goto("/calls/?view=unwritten")
    pictures.in_every_way(agent, "phone-calls", accessible)
