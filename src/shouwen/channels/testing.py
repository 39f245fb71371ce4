"""Made-up mailboxes, mails and a small room upstairs, for tests here and above."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from shouwen.channels import intake, policies, registry, services, subjects
from shouwen.channels.intake import Inbound, Subject, Taken
from shouwen.channels.models import Account, Message
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import SYSTEM, Actor, now
from shouwen.platform.jobs.worker import run_all
from shouwen.platform.ledger.dispatch import deliver_all

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, nine in the morning in Shanghai
ADDRESS = "service@desk.example"
BOSS = Actor(
    user_id=1,
    name="管理员",
    kind="staff",
    permissions=frozenset({policies.SET_UP, policies.REGISTER, policies.TEND}),
)


def make_account(**values: Any) -> Account:
    """A mailbox that receives by the inlet and sends by SMTP to a port where nobody listens."""
    settings = {
        "receive": "inlet",
        "send": "smtp",
        "smtp_host": "127.0.0.1",
        "smtp_port": 9,
        **values.pop("settings", {}),
    }
    given = {"name": "Service", "address": ADDRESS, "default": True, **values}
    return Account.objects.create(channel="email", vendor="email", settings=settings, created_at=AT, **given)


def make_mail(
    text: str = "挖掘机铲斗开裂，请马上处理",
    *,
    sender: str = "王芳 <wang@customer.example>",
    to: str = ADDRESS,
    subject: str = "铲斗开裂",
    message_id: str = "",
    html: str = "",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """The bytes of a mail. Other headers by keyword, with `_` for `-`."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    if message_id:
        mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


@dataclass
class Upstairs:
    """Stands in for the room above: opens subjects ("case", 1), ("case", 2), … and remembers what came."""

    opened: list[Inbound] = field(default_factory=list)
    appended: list[Inbound] = field(default_factory=list)

    def take_in(self, inbound: Inbound) -> Taken:
        if inbound.subject is None:
            self.opened.append(inbound)
            return Taken("opened", ("case", len(self.opened)))
        if inbound.subject[1] > len(self.opened):
            raise NotFound("There is no such case.")
        self.appended.append(inbound)
        return Taken("appended", inbound.subject)


@contextmanager
def taking_in() -> Iterator[Upstairs]:
    """Registers a small intake and a kind of subject that administrators may see; takes both away again."""
    upstairs = Upstairs()
    intake.register(upstairs.take_in)
    before = subjects._KINDS.pop("case", None)
    subjects.register(
        "case",
        name=lambda pk: f"case {pk}",
        url=lambda pk: f"/cases/{pk}/",
        may_see=lambda actor, pk: "administrator" in actor.roles,
    )
    try:
        yield upstairs
    finally:
        intake.unregister(upstairs.take_in)
        subjects._KINDS.pop("case")
        if before is not None:
            subjects._KINDS["case"] = before


def make_outbound(
    subject: Subject = ("case", 1), *, to: str = "wang@customer.example", **values: Any
) -> Message:
    """A reply in the outgoing queue."""
    given = {
        "text": "我们马上处理。",
        "title": "铲斗开裂",
        "customer_id": 1,
        "at": AT,
        "by": SYSTEM,
        **values,
    }
    return services.send(subject=subject, to=to, **given)


def make_line(vendor: str, *, name: str = "", **values: Any) -> Account:
    """An account of a vendor with the settings that `values` name."""
    carrier = registry.get(vendor)
    return services.add_account(
        vendor=carrier, name=name or vendor, values=values, team_id=None, at=AT, by=BOSS
    )


def everything_is_read() -> None:
    """Do all jobs that are due, until nothing is left."""
    for _round in range(20):
        if deliver_all() + run_all(now()) == 0:
            return
