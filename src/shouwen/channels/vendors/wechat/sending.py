"""A message of ours as customer-service messages: the text, then each file."""

from collections.abc import Callable
from typing import Any

import httpx

from shouwen.channels import queries, rules, services
from shouwen.channels.models import Account, Message
from shouwen.channels.registry import Outcome
from shouwen.channels.services.keys import NoKey
from shouwen.channels.vendors.wechat import notices
from shouwen.channels.vendors.wechat import rules as wechat_rules
from shouwen.channels.vendors.wechat.client import Client, PlatformError
from shouwen.platform.access import now
from shouwen.platform.files import queries as files


def deliver(client: Client, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
    """The outcome for the queue. Once the text is there, trouble with a file is told and not repeated.

    What the platform lets through no more as an answer goes as a notice, where the account has one.
    """
    to = message.address.rpartition("@")[0] or message.address
    try:
        given, as_notice = _said(client, message, account, to, on_data)
    except PlatformError as trouble:
        return Outcome(*wechat_rules.failure(trouble.code, trouble.said))
    except NoKey:
        return Outcome(rules.TEMPORARY, "temporary: access token")
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL) as trouble:
        return Outcome(rules.TEMPORARY, f"temporary: {type(trouble).__name__}")
    except httpx.HTTPError:
        return Outcome(rules.UNKNOWN, "lost_late")
    if as_notice:
        return Outcome(rules.ACCEPTED, "as_notice", f"{account.pk}:{given.get('msgid', '')}")
    services.note_sent(account_id=account.pk, address=message.address)
    trouble_with = _send_files(client, message, account, to)
    if trouble_with:
        return Outcome(rules.PERMANENT, f"file_not_sent: {trouble_with}")
    name = given.get("msgid")
    return Outcome(rules.ACCEPTED, reference=f"{account.pk}:{name}" if name else "")


def _said(
    client: Client, message: Message, account: Account, to: str, on_data: Callable[[], None]
) -> tuple[dict[str, Any], bool]:
    """The platform's answer, and whether the words went out as a notice. The platform counts for itself: when it
    lets through no more what we thought possible, the notice goes in the same attempt."""
    if not (notices.wanted(account) and _is_over(account, message.address)):
        try:
            return client.send(to, {"msgtype": "text", "text": {"content": message.text}}, on_data), False
        except PlatformError as trouble:
            if trouble.code not in wechat_rules.CLOSED or not notices.wanted(account):
                raise
    body = notices.body_of(account, message, to, now())
    subscribed = account.settings["notice_way"] == notices.SUBSCRIPTION
    return client.notify(body, on_data, subscribed=subscribed), True


def _is_over(account: Account, address: str) -> bool:
    reach = queries.reach(account.pk, address)
    return reach is not None and bool(wechat_rules.window(reach.last_in_at, reach.sent_since, now()).why)


def _send_files(client: Client, message: Message, account: Account, to: str) -> str:
    """What went wrong with a file, "" when nothing did."""
    for attached in queries.attachments_of(message):
        file = attached.file
        picture = file.content_type.startswith("image/")
        if not picture and not client.wecom:
            return f"{file.name} ({file.content_type})"
        sort = "image" if picture else "file"
        try:
            media = client.upload(sort, file.name, files.content(file.pk))
            client.send(to, {"msgtype": sort, sort: {"media_id": media}}, lambda: None)
        except (PlatformError, NoKey, httpx.HTTPError) as trouble:
            return f"{file.name}: {trouble}"
        services.note_sent(account_id=account.pk, address=message.address)
    return ""
