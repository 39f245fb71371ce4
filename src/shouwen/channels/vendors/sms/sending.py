"""A message of ours to the provider."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from shouwen.channels import forms, queries, rules
from shouwen.channels.models import Account, Message
from shouwen.channels.registry import Outcome
from shouwen.channels.vendors.sms import rules as sms_rules
from shouwen.platform.secrets import unseal

TIMEOUT = httpx.Timeout(15.0, connect=8.0)


def deliver(message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
    reach = queries.stopped(account.channel, message.address)
    if reach is not None and (
        message.automatic or reach.last_in_at is None or reach.last_in_at <= (reach.stopped_at or message.at)
    ):
        return Outcome(rules.PERMANENT, "opted_out")
    if queries.attachments_of(message):
        return Outcome(rules.PERMANENT, "no_files")
    on_data()
    try:
        answer = _ask(account, message)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL) as trouble:
        return Outcome(rules.TEMPORARY, f"temporary: {type(trouble).__name__}")
    except httpx.HTTPError:
        return Outcome(rules.UNKNOWN, "lost_late")
    return _outcome(account, answer)


def _ask(account: Account, message: Message) -> httpx.Response:
    settings = account.settings
    values = {
        "phone": message.address.removeprefix("+86") if settings["numbers"] == "local" else message.address,
        "text": f"{settings.get('signature', '')}{message.text}",
        "id": message.external_id,
        "user": str(settings.get("api_user", "")),
        "key": _key(account),
    }
    fields = sms_rules.filled(forms.pairs_of(settings["body"]), values)
    headers, auth = _proof(account)
    sent: dict[str, Any] = {"data": fields}
    if settings["format"] == "json":
        headers["Content-Type"] = "application/json; charset=utf-8"
        sent = {"content": json.dumps(fields, ensure_ascii=False).encode()}
    return httpx.post(settings["send_url"], headers=headers, auth=auth, timeout=TIMEOUT, **sent)


def _proof(account: Account) -> tuple[dict[str, str], tuple[str, str] | None]:
    sort, key = account.settings["auth"], _key(account)
    if sort == "basic":
        return {}, (str(account.settings.get("api_user", "")), key)
    return ({"Authorization": f"Bearer {key}"} if sort == "bearer" and key else {}), None


def _key(account: Account) -> str:
    return unseal(account.secrets["api_key"]) if "api_key" in account.secrets else ""


def _outcome(account: Account, answer: httpx.Response) -> Outcome:
    settings = account.settings
    try:
        body = answer.json()
    except ValueError:
        body = {}
    ok = forms.pairs_of(settings["ok"])
    never = frozenset(forms.lines_of(settings.get("never", "")))
    result, note = sms_rules.outcome(answer.status_code, body, ok, never, next(iter(ok), ""))
    theirs = sms_rules.value_at(body, settings["id_at"]) if result == rules.ACCEPTED else ""
    return Outcome(result, note, f"{account.pk}:{theirs}" if theirs else "")
