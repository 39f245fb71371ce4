"""Reads the mailboxes: one thread each, looked after by one more that follows what is set up.

Of several hosts only one reads a mailbox (`claim_receiver`); were two to do it for a moment, the register would know every
mail the second time.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from shouwen.channels import liveness, queries, services, wording
from shouwen.channels.models import Account
from shouwen.channels.vendors.email import servers
from shouwen.channels.vendors.email.arriving import import_raw, register_too_large
from shouwen.channels.vendors.email.sending import as_sentence
from shouwen.kernel.errors import Fault, Sentence
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.mail.imap import Mailbox, NotStored, Position

log = structlog.get_logger(__name__)
LOOK_SECONDS = 5.0  # how soon a changed setting takes effect
STOP_SECONDS = 8.0
SHOW_AGAIN = timedelta(seconds=40)  # well within services' RECEIVER_LEASE
REST = timedelta(minutes=1)  # before a reader that ended by an error begins again


@dataclass
class Reader:
    """One thread. `version` is that of the settings it runs with."""

    version: int
    began_at: datetime
    stop: threading.Event
    thread: threading.Thread


_readers: dict[int, Reader] = {}
_stop = threading.Event()
_keeper: threading.Thread | None = None


def start() -> None:
    global _keeper  # noqa: PLW0603
    _stop.clear()
    _keeper = threading.Thread(target=_keep, name="mail-receivers", daemon=True)
    _keeper.start()


def stop() -> None:
    _stop.set()
    if _keeper is not None:
        _keeper.join(STOP_SECONDS)


def mailbox(account: Account) -> Mailbox:
    """The mailbox of an account, storing what it fetches as requests."""
    return Mailbox(
        server=servers.imap_server(account),
        store=partial(_store, account),
        fetching=servers.fetching(account),
        position=servers.position(account),
        remember=partial(_remember, account.pk),
        too_large=partial(_too_large, account),
        report=partial(_report, account.pk),
    )


def _store(account: Account, raw: bytes, uid: int) -> None:
    """A full disk or a database that is away is no fault of the mail: it is fetched again until it is kept."""
    source = f"imap:{account.address}:{account.settings.get('imap_folder', 'INBOX')}:{uid}"
    try:
        import_raw(raw, source=source, account=account, at=now(), by=SYSTEM)
    except (OSError, OperationalError, InterfaceError) as trouble:
        raise NotStored(source) from trouble


def _remember(account_id: int, position: Position) -> None:
    services.note_position(
        account_id=account_id, uidvalidity=position.uidvalidity, last_uid=position.last_uid
    )


def _too_large(account: Account, header: bytes, uid: int, size: int) -> None:
    source = f"imap:{account.address}:{account.settings.get('imap_folder', 'INBOX')}:{uid} ({size} bytes)"
    register_too_large(header, source=source, account=account, at=now(), by=SYSTEM)


def _report(account_id: int, trouble: Sentence | None) -> None:
    state, error = ("error", wording.pack(trouble)) if trouble else ("waiting", "")
    services.note_state(account_id=account_id, state=state, error=error, at=now())


def _keep() -> None:
    """Start, restart and stop readers as accounts come, change and go, until told to stop."""
    while not _stop.is_set():
        try:
            close_old_connections()
            _follow()
        except Exception:
            log.exception("the mailboxes could not be looked after")
        _stop.wait(LOOK_SECONDS)
    _end(list(_readers))
    connection.close()


def _follow() -> None:
    wanted = {account.pk: account for account in queries.receiving_accounts("email", "imap")}
    worker, at = liveness.worker_name(), now()
    _end(
        [
            pk
            for pk, reader in _readers.items()
            if pk not in wanted
            or wanted[pk].version != reader.version
            or (not reader.thread.is_alive() and at - reader.began_at > REST)
        ]
    )
    for pk, account in wanted.items():
        if _holds(account, worker, at) or services.claim_receiver(
            account_id=pk, worker=worker, is_dead=liveness.is_dead, at=at
        ):
            if pk not in _readers:
                _begin(account)
        elif pk in _readers:
            _end([pk])


def _holds(account: Account, worker: str, at: datetime) -> bool:
    """Whether this process shows itself as the reader, freshly enough: an idle mailbox is written for rarely."""
    seen = account.receiver_seen_at
    return account.receiver == worker and seen is not None and at - seen < SHOW_AGAIN


def _begin(account: Account) -> None:
    services.note_state(account_id=account.pk, state="connecting", at=now())
    ends = threading.Event()
    thread = threading.Thread(
        target=_read, args=(account, ends), name=f"mail-receiver-{account.pk}", daemon=True
    )
    _readers[account.pk] = Reader(account.version, now(), ends, thread)
    thread.start()


def _read(account: Account, ends: threading.Event) -> None:
    try:
        mailbox(account).run(ends)
    except Fault as fault:
        _report(account.pk, as_sentence(fault))
    except Exception as trouble:
        log.exception("a mailbox stopped being read", account_id=account.pk)
        _report(account.pk, Sentence(f"{type(trouble).__name__}: {trouble}"[:200].replace("%", "%%")))
    finally:
        connection.close()


def _end(account_ids: list[int]) -> None:
    """Tell all to end first, then wait for each."""
    for pk in account_ids:
        _readers[pk].stop.set()
    for pk in account_ids:
        _readers.pop(pk).thread.join(STOP_SECONDS)
        services.release_receiver(account_id=pk, worker=liveness.worker_name())
