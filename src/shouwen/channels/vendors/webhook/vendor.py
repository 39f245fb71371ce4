"""The vendor of signed webhooks."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.utils.translation import gettext_lazy as _

from shouwen.channels import forms, kinds, rules, services, signing
from shouwen.channels.callbacks import MESSAGE, NOTED, REPORT, Answer, Entry, Given, Loose
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.channels.registry import Checked, Common, Field, Limit, Outcome, Step
from shouwen.channels.vendors.webhook import rules as webhook_rules
from shouwen.channels.vendors.webhook import sending
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import now
from shouwen.platform.secrets import unseal

CHANNELS = ("webhook", "social", "letter", "fax", "ivr", "return_visit")
REASONS = {
    signing.UNSIGNED: "wrong_signature",
    signing.WRONG: "wrong_signature",
    signing.OLD: "old_timestamp",
    signing.BAD_TIME: "old_timestamp",
}
FETCH_TIMEOUT = httpx.Timeout(30.0, connect=10.0)


class Webhook(Common):
    code = "webhook"
    channel = "webhook"
    also = CHANNELS[1:]
    label = _("Signed webhook")
    icon = "webhook"
    has_accounts = True
    delivers = True
    limit = Limit(webhook_rules.MOST_TEXT)
    most_bytes = webhook_rules.MOST_BYTES
    fields = (
        Field(
            "channel",
            _("What comes this way is"),
            "choice",
            choices=tuple((code, kinds.label(code)) for code in CHANNELS),
            default="webhook",
            help=_(
                "Letters, faxes, posts, IVR notes and return visits that another system registers count as such."
            ),
        ),
        Field(
            "deliver_url",
            _("Send answers to"),
            "url",
            help=_("Your system's address for our signed requests. Empty: answers are only written down."),
        ),
        Field(
            "link_hosts",
            _("Fetch files from"),
            "lines",
            help=_("Hosts, one a line, whose links are fetched as attachments. Other links stay links."),
        ),
        Field("secret", _("Secret"), "secret", required=True, made=43),
    )

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked:
        known = frozenset(before.secrets) if before else frozenset[str]()
        settings, sealed, errors = forms.checked(self.fields, values, known)
        channel = settings.pop("channel", "webhook")
        if before is not None and before.channel != channel:
            errors["channel"] = str(_("Set up another account for another channel."))
        forms.must_be_right(errors)
        return Checked("", {**settings, "channel": channel}, sealed, channel)

    def can_send(self, account: Account) -> bool:
        return bool(account.settings.get("deliver_url"))

    def test(self, account: Account) -> list[Step]:
        """A signed "ping" to the address of answers; nothing reaches a customer."""
        if not self.can_send(account):
            return [Step(_("Answers are only written down: there is no address to send to."), True)]
        body = {"type": webhook_rules.PING, "id": f"ping-{forms.made(12)}"}
        answer = sending.post(account, body, now())
        outcome = sending.outcome_of(answer)
        note = outcome.note.partition(": ")[2] or str(_("The other side took it."))
        return [
            Step(urlsplit(account.settings["deliver_url"]).netloc, outcome.result == rules.ACCEPTED, note)
        ]

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
        return sending.deliver(message, account, now())

    def callback(self, account: Account, given: Given, at: datetime) -> Answer:
        """Signature, time, then what it says; accepted only when all of it can be taken in."""
        if given.method != "POST":
            return _said(405, str(_("Send a POST.")))
        if len(given.body) > self.most_bytes:
            services.refuse(account=account, reason="too_big", sender=given.network, at=at)
            return _said(413, str(_("It is larger than allowed.")))
        fault = signing.fault(
            secret=unseal(account.secrets["secret"]),
            timestamp=given.headers.get(signing.TIMESTAMP.lower(), ""),
            signature=given.headers.get(signing.SIGNATURE.lower(), ""),
            body=given.body,
            at=at,
        )
        if fault:
            services.refuse(account=account, reason=REASONS[fault], sender=given.network, at=at)
            return _said(401, str(_("The signature or the time is wrong.")))
        try:
            post = webhook_rules.parse(given.body)
        except Invalid as wrong:
            return _said(422, str(wrong.sentence), {name: str(text) for name, text in wrong.errors.items()})
        return _taken(account, given, post, at)

    def take_in(self, record: InboundRecord, body: bytes, at: datetime) -> Entry:
        post = webhook_rules.parse(body)
        account = record.account
        if post.sort == REPORT:
            return Entry(REPORT, reference=post.message, delivered=post.delivered, detail=post.detail)
        if post.sort != MESSAGE or account is None:
            return Entry(NOTED)
        hosts = {host.lower() for host in forms.lines_of(account.settings.get("link_hosts", ""))}
        wanted = [(name, link) for name, link in post.links if _host(link) in hosts]
        others = [link for name, link in post.links if _host(link) not in hosts]
        contact = [
            (kind, value) for kind, value in (("email", post.sender.email), ("phone", post.sender.phone))
        ]
        return Entry(
            MESSAGE,
            text="\n".join([post.text, *others]).strip() or "\n".join(name for name, _link in wanted),
            title=post.title,
            name=post.sender.name,
            address=post.sender.key,
            contact=tuple((kind, value) for kind, value in contact if value),
            external_id=f"{account.pk}:{post.id}",
            files=post.files,
            fetch=tuple({"name": name, "url": link} for name, link in wanted),
        )

    def fetch(self, account: Account, wanted: dict[str, Any]) -> Loose:
        """A file behind a link to a host the administrator trusts; no redirect leads elsewhere."""
        with httpx.stream("GET", wanted["url"], timeout=FETCH_TIMEOUT) as answer:
            if answer.is_client_error or answer.is_redirect:
                raise Refused(f"{answer.status_code} {wanted['url']}"[:200])
            answer.raise_for_status()
            content = bytearray()
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > webhook_rules.MOST_FILE_BYTES:
                    raise Refused(_("A file may have at most 10 MB."))
        name = wanted["name"] or urlsplit(wanted["url"]).path.rpartition("/")[2]
        return Loose(name or str(_("file")), bytes(content))


def _taken(account: Account, given: Given, post: webhook_rules.Post, at: datetime) -> Answer:
    accepted = services.accept(
        account=account,
        key=f"id:{post.id}",
        mark=signing.mark(given.headers[signing.SIGNATURE.lower()]),
        body=given.body,
        sender=post.sender.key,
        title=post.title or post.text[:60],
        at=at,
    )
    if accepted.state == "replay":
        services.refuse(account=account, reason="replay", sender=given.network, title=post.id, at=at)
        return _said(409, str(_("This very request has been here before; sign a new one.")))
    body = {"accepted": True, "id": post.id, "again": accepted.state == "known"}
    return Answer(202 if accepted.state == "new" else 200, json.dumps(body), "application/json")


def _said(status: int, sentence: str, errors: dict[str, str] | None = None) -> Answer:
    problem: dict[str, Any] = {"status": status, "title": sentence}
    if errors:
        problem["errors"] = errors
    return Answer(status, json.dumps(problem, ensure_ascii=False), "application/problem+json")


def _host(link: str) -> str:
    """Host, with the port where one is written; "" when it is no web address."""
    return urlsplit(link).netloc.lower() if forms.is_address(link) and "@" not in link else ""
