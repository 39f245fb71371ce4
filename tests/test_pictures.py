"""The pictures of the README, taken of the demonstration company; each page passes axe on the way."""

from typing import Any

import pytest

from tests.fixtures.browser import DESK, PHONE, speak

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once]
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


def sign_in(page: Any, language: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("wang")
    page.locator("input[name=password]").fill("shouwen-demo")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    chosen = "en" if language == "en" else "zh-hans"
    token = page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value")
    page.request.post(
        "/language/", form={"language": chosen, "csrfmiddlewaretoken": token}, headers={"Referer": page.url}
    )


def customers_page(shouwen: Any, reference: str) -> str:
    """The address that the customer's mail holds; the demonstration company sends no mail."""
    code = (
        "import django; django.setup()\n"
        "from shouwen.cases import links, queries\n"
        f"print(links.token(queries.case_id_of('{reference}')))"
    )
    return f"/r/{shouwen.python(code).strip()}/"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_pages_are_good_to_look_at(
    people_at: Any, shouwen: Any, accessible: Any, pictures: Any, language: str
) -> None:
    page = people_at(shouwen.url, locale=LANGUAGES[language])
    sign_in(page, language)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.goto("/inbox/?view=mine")
        page.locator("[data-row]").first.wait_for()
        accessible(page)
        pictures.take(page, f"inbox-{language}-{scheme}")
    page.locator("[data-row] a").first.click()
    page.locator("#reply-text").wait_for()
    pictures.take(page, f"case-{language}-light")
    reference = page.url.split("/cases/")[1].split("/")[0]
    page.goto("/promises/?whose=all")
    accessible(page)
    pictures.take(page, f"promises-{language}-light")
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(customers_page(shouwen, reference))
    speak(page, language)
    accessible(page)
    pictures.take(page, f"customer-{language}-phone")
    page.set_viewport_size(DESK)
