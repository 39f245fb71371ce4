"""One act of a play about kill -9, run as a process of its own: `python -m shouwen.channels.tests.crash_scene ACT …`.

Prints what the database holds afterwards. Acts that end in a kill print nothing.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any


def _kill(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _state() -> dict[str, Any]:
    from shouwen.channels.models import InboundRecord, Message

    return {
        "messages": list(Message.objects.order_by("id").values_list("text", "delivery")),
        "results": list(InboundRecord.objects.order_by("id").values_list("result", flat=True)),
    }


def _import(path: str, at_what: str) -> None:
    from shouwen.channels import intake
    from shouwen.channels.services import conversations
    from shouwen.channels.testing import AT, taking_in
    from shouwen.channels.vendors.email import importing
    from shouwen.platform.access import SYSTEM

    with taking_in():
        if at_what == "intake":
            intake.register(_kill)
        elif at_what == "message":
            conversations._announce_received = _kill  # type: ignore[assignment]
        lines = list(importing.import_paths([Path(path)], at_of=lambda: AT, by=SYSTEM))
    if at_what == "commit":
        _kill()
    print(json.dumps({**_state(), "lines": [line["result"] for line in lines]}))


def _send(port: str, at_what: str) -> None:
    from shouwen.channels import services, tasks
    from shouwen.channels.testing import make_account, make_outbound

    make_account(
        settings={"send": "smtp", "smtp_host": "127.0.0.1", "smtp_port": int(port), "smtp_security": "plain"}
    )
    message = make_outbound()
    if at_what == "before":
        services.note_data_stage = _kill  # type: ignore[assignment]
    elif at_what == "after":
        services.settle_attempt = _kill  # type: ignore[assignment]
    tasks.deliver(message_id=message.pk)


def _callback(at_what: str) -> None:
    from shouwen.channels import intake, services
    from shouwen.channels.services import conversations
    from shouwen.channels.testing import make_line, taking_in
    from shouwen.platform.access import now
    from shouwen.platform.jobs.worker import run_all

    account = make_line("webhook", secret="a secret of the test only")
    body = json.dumps({"id": "1", "sender": {"id": "u-1"}, "text": "不能丢"}).encode()
    with taking_in():
        services.accept(account=account, key="id:1", mark="m", body=body, at=now())
        if at_what == "accepted":
            _kill()
        elif at_what == "reading":
            intake.register(_kill)
        else:
            conversations._announce_received = _kill  # type: ignore[assignment]
        run_all(now())


def _read() -> None:
    """What the workers do when the program runs again."""
    from datetime import timedelta

    from shouwen.channels.testing import taking_in
    from shouwen.platform.access import now
    from shouwen.platform.jobs import services as jobs
    from shouwen.platform.jobs.worker import run_all

    later = now() + timedelta(minutes=10)
    with taking_in():
        jobs.sweep(later)
        run_all(later + timedelta(hours=1))
    print(json.dumps(_state()))


def _after() -> None:
    """What the sweeper and the jobs do when the program runs again."""
    from shouwen.channels import tasks
    from shouwen.channels.models import Message
    from shouwen.platform.access import now

    tasks.sweep(at=now())
    Message.objects.filter(delivery="queued").update(deliver_at=now())
    for message in Message.objects.all():
        tasks.deliver(message_id=message.pk)
    print(json.dumps(_state()))


def main() -> None:
    import django

    django.setup()
    act, *rest = sys.argv[1:]
    if act == "prepare":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    else:
        acts: dict[str, Any] = {"import": _import, "send": _send, "after": _after}
        {**acts, "callback": _callback, "read": _read}[act](*rest)


if __name__ == "__main__":
    main()
