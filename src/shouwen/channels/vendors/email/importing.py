"""Mails from files, mbox files and maildirs, one after the other: the engine of `shouwen mail import`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shouwen.channels import queries, rules, subjects
from shouwen.channels.vendors.email.arriving import Imported, import_raw, register_too_large
from shouwen.channels.vendors.email.servers import MOST_BYTES
from shouwen.platform.access import Actor
from shouwen.platform.mail.sources import Source, read_sources

HEAD = 65536  # bytes of an oversized mail that are kept with its refusal


def import_paths(
    paths: Iterable[Path], *, at_of: Callable[[], datetime], by: Actor
) -> Iterator[dict[str, Any]]:
    """Take in every message at `paths`; one line for each, with what became of it.

    at_of   the clock
    Lines: source, message_id, result (opened, appended, duplicate, bounce, auto_reply, refused), case (its
    reference or None), subject, text, attachments (file names), reason (a sentence or None).
    """
    own = queries.own_addresses()
    for path in paths:
        for source in read_sources(path, max_bytes=MOST_BYTES):
            if source.unreadable:
                yield _unreadable(source.label)
            else:
                yield _line(source.label, _taken(source, own, at_of(), by))


def _taken(source: Source, own: frozenset[str], at: datetime, by: Actor) -> Imported:
    label = f"file:{source.label}"
    if source.raw is None:
        return register_too_large(_head(source), source=label, at=at, by=by)
    return import_raw(source.raw, source=label, at=at, by=by, live=False, own=own)


def _head(source: Source) -> bytes:
    """The beginning of a message that is too large, where it is a file of its own."""
    if source.path is None:
        return b""
    with source.path.open("rb") as file:
        return file.read(HEAD)


def _unreadable(label: str) -> dict[str, Any]:
    """There is nothing to keep and nothing to register; the next import finds it again."""
    return {
        "source": label,
        "message_id": "",
        "result": rules.REFUSED,
        "case": None,
        "subject": "",
        "text": "",
        "attachments": [],
        "reason": _("This file or folder cannot be read."),
    }


def _line(label: str, imported: Imported) -> dict[str, Any]:
    given = imported.reason and str(imported.record.sentence if imported.result != rules.DUPLICATE else "")
    return {
        "source": label,
        "message_id": imported.parsed.message_id,
        "result": imported.result,
        "case": subjects.name(imported.subject) if imported.subject else None,
        "subject": imported.parsed.subject,
        "text": imported.text,
        "attachments": [attachment.filename for attachment in imported.parsed.attachments],
        "reason": given or None,
    }
