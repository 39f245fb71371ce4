"""Forgetting a customer, across the rooms: no word of theirs is left in any table, and no byte on the disk."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from shouwen.cases import services as cases
from shouwen.cases.models import Case
from shouwen.cases.testing import AT, everything_happens, furnished
from shouwen.channels.models import Message
from shouwen.channels.testing import make_mail
from shouwen.channels.vendors.email.arriving import import_raw
from shouwen.customers import services as customers
from shouwen.customers.models import Customer
from shouwen.kernel.errors import Refused
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.files.services import store
from shouwen.promises import services as promises
from tests.servers.ports import wait_until
from tests.servers.shouwen import Shouwen, on_postgres

MARK = "zebrafinch"  # stands in everything that the customer says, and that is said of them


def a_letter(number: int = 1, **headers: str) -> bytes:
    photo = (f"{MARK}.bin", b"\x00\x01" + MARK.encode() * 50)
    return make_mail(
        f"{MARK} 铲斗开裂",
        subject=f"{MARK} 铲斗",
        sender=f"{MARK} <{MARK}@customer.example>",
        message_id=f"<letter-{number}@mail.example>",
        html=f"<p>{MARK}</p>",
        files=(photo,),
        **headers,
    )


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def much_is_said_in(case: Case) -> None:
    agent = a_person("supervisor")
    by, said = as_actor(agent), f"he said {MARK}"
    cases.take(case_id=case.pk, at=AT, by=by)
    cases.restate(case_id=case.pk, text=said, at=AT, by=by)
    cases.offer_option(case_id=case.pk, text=said, gain=said, at=AT, by=by)
    kept = store(name=f"{MARK}.txt", content=said.encode(), at=AT)
    cases.note(case_id=case.pk, text=said, attachments=[kept.pk], at=AT, by=by)
    cases.reply(case_id=case.pk, text=f"您好，{said}", at=AT, by=by)
    task = cases.ask_task(
        case_id=case.pk, title=said, ask=said, standard=said, minutes=60, assignee_id=agent.pk, at=AT, by=by
    )
    cases.cancel_task(task_id=task.pk, answer=said, at=AT, by=by)
    cases.save_draft(case_id=case.pk, text=said, at=AT, by=by)
    cases.escalate(case_id=case.pk, reason=said, at=AT, by=by)
    given = {"subject": case.subject, "customer_id": case.customer_id, "text": said, "at": AT, "by": by}
    promises.make(**given, due_at=AT.replace(hour=8))
    promises.record_expectation(**given, sort="reasonable", managed=said, agreed=said)
    cases.resolve(case_id=case.pk, summary=said, at=AT, by=by)


def tables_with(word: str) -> list[str]:
    found = []
    for model in apps.get_models():
        for row in model._default_manager.values():
            told = json.dumps(row, default=str, ensure_ascii=False)
            if word in told.lower():
                found.append(f"{model._meta.label}: {told}")
    return found


def files_with(word: str, folder: Path) -> list[str]:
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and (word.encode() in path.read_bytes() or word in path.name)
    ]


@pytest.mark.django_db
def test_after_an_erasure_no_table_and_no_file_speaks_of_the_customer(folder: Path) -> None:
    furnished()
    letter = a_letter()
    imported = import_raw(letter, source="test", at=AT, by=SYSTEM)
    import_raw(a_letter(2, Auto_Submitted="auto-replied"), source="test", at=AT, by=SYSTEM)  # on no case
    case = Case.objects.get(pk=imported.subject[1])
    much_is_said_in(case)
    everything_happens()
    assert tables_with(MARK)
    assert files_with(MARK, folder)
    customers.erase(customer_id=case.customer_id, reason="asked to", at=AT, by=SYSTEM)
    everything_happens(now())
    assert tables_with(MARK) == []
    assert files_with(MARK, folder) == []
    assert not Message.objects.filter(delivery="queued").exists()
    assert import_raw(letter, source="test", at=AT, by=SYSTEM).result == "duplicate"
    assert tables_with(MARK) == []


@pytest.mark.django_db
def test_a_legal_hold_keeps_everything_and_says_why(folder: Path) -> None:
    furnished()
    import_raw(a_letter(), source="test", at=AT, by=SYSTEM)
    customer = Customer.objects.get()
    held = customers.hold(customer_id=customer.pk, reason="Court case 12", until=None, at=AT, by=SYSTEM)
    with pytest.raises(Refused, match="Court case 12"):
        customers.erase(customer_id=customer.pk, reason="asked to", at=AT, by=SYSTEM)
    assert files_with(MARK, folder)
    customers.release(hold_id=held.pk, at=AT, by=SYSTEM)
    customers.erase(customer_id=customer.pk, reason="asked to", at=AT, by=SYSTEM)
    everything_happens(now())
    assert files_with(MARK, folder) == []


ERASE = """
import django; django.setup()
from shouwen.customers import services
from shouwen.customers.models import Customer
from shouwen.platform.access import SYSTEM, now
services.erase(customer_id=Customer.objects.get().pk, reason="asked to", at=now(), by=SYSTEM)
"""
WAITING = """
import django; django.setup()
from django.db import transaction
from shouwen.platform.files.models import StoredFile
from shouwen.platform.jobs.models import Job
from shouwen.platform.ledger.models import Event
with transaction.atomic():  # an event that becomes a job between two looks would be in neither
    jobs, events = Job.objects.count(), Event.objects.filter(pending=True).count()
    print(jobs, events, StoredFile.objects.filter(sha256="").count())
"""


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.crash
def test_an_erasure_whose_process_is_killed_is_finished_by_the_next(
    fresh_shouwen: Shouwen, tmp_path: Path
) -> None:
    """The whole data folder is searched, with the database in it: its freed pages and its journal too."""
    if on_postgres():
        pytest.skip("the database's own folder belongs to its server")
    (tmp_path / "letter.eml").write_bytes(a_letter())
    done = fresh_shouwen.command("mail", "import", str(tmp_path / "letter.eml"), "--json")
    assert json.loads(done.stdout)["result"] == "opened"
    wait_until(lambda: fresh_shouwen.python(WAITING).split()[:2] == ["0", "0"], seconds=60, what="The jobs")
    assert files_with(MARK, fresh_shouwen.folder)
    fresh_shouwen.kill()
    fresh_shouwen.python(ERASE)  # nobody is there to do what follows
    assert files_with(MARK, fresh_shouwen.folder)
    fresh_shouwen.start()
    wait_until(
        lambda: fresh_shouwen.python(WAITING).split() == ["0", "0", "2"], seconds=30, what="The wiping"
    )
    fresh_shouwen.stop()
    assert files_with(MARK, fresh_shouwen.folder) == []
