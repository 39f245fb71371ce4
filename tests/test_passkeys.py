"""Passkeys in a real Chromium with its own virtual device: registered, and then enough to sign in."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once]
PASSWORD = "long-pass-1234"


def with_a_device(page: Any) -> Any:
    """A device that knows its owner (finger or face), kept inside the browser."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda: device.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})[
        "credentials"
    ]


def sign_in_with_the_password(page: Any) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("li")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def test_a_passkey_is_registered_and_then_opens_the_house_without_a_password(
    people_at: Any, fresh_shouwen: Any
) -> None:
    fresh_shouwen.command("user", "add", "li", "--name", "李青", "--role", "agent", "--password", PASSWORD)
    # a passkey belongs to a name, never to a number
    page = people_at(fresh_shouwen.url.replace("127.0.0.1", "localhost"))
    credentials = with_a_device(page)
    sign_in_with_the_password(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url("**/2fa/webauthn/add/")
    page.locator("input[name=name]").fill("工位电脑")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/webauthn/add" not in url)
    assert len(credentials()) == 1

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    assert "李青" in page.content()

    page.goto("/me/sign-ins/")
    told = page.locator("main").inner_text()
    assert "通行密钥" in told
    assert "工位电脑" in told
