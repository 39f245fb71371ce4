"""The evidence pack of a threat: one zip for the legal team, made while it is sent (ESC-6).

index.html is read in any browser without a network; course.json holds the same for machines; manifest.sha256 is in
the form that `sha256sum -c` checks.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwen.channels import queries as channels
from shouwen.channels.vendors.phone import queries as phone
from shouwen.complaints.queries import threats
from shouwen.complaints.queries.threat_course import Moment, course
from shouwen.complaints.queries.threats import ThreatPage
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.files import queries as files
from shouwen.platform.files.models import StoredFile
from shouwen.platform.ledger import describe
from shouwen.platform.ledger import queries as ledger
from shouwen.platform.web.pages import render_text

STYLE = Path(__file__).parent.parent / "static" / "complaints" / "pack.css"
BLOCK = 200
MOST_CALLS = 200
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Piece:
    """A file of the pack that lies on the disk; `sha256` as it was when it came in."""

    name: str
    title: str
    sha256: str
    size: int
    path: Path

    @property
    def there(self) -> bool:
        return self.path.exists()


@dataclass
class Pack:
    """Everything that goes in, read before the first byte leaves."""

    folder: str
    name: str
    at: datetime
    texts: dict[str, bytes]
    pieces: list[Piece] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.texts) + sum(one.there for one in self.pieces) + 1


def pack(threat_id: int, actor: Actor, at: datetime) -> Pack:
    shown = threats.page(threat_id, actor, at, remedy="compensation", language=get_language() or "")
    case = shown.threat.case
    messages = _messages(case.subject)
    pieces = [
        _piece("evidence", one.evidence.pk, one.evidence.file, one.evidence.title)
        for one in shown.evidence
        if one.evidence.file is not None and one.evidence.file.gone_at is None
    ]
    for message in messages:
        pieces += [
            _piece("messages", attached.pk, attached.file, attached.file.name)
            for attached in message.attachments.all()
            if attached.file.gone_at is None
        ]
    told = course(shown)
    events, calls = _events(case.subject), phone.of_subject(case.subject, MOST_CALLS)
    known = {
        "page": shown,
        "threat": shown.threat,
        "course": told,
        "events": events,
        "messages": messages,
        "calls": calls,
        "names": people.names({one.staff_id for one in calls if one.staff_id}),
        "pieces": pieces,
        "at": at,
        "by": actor.name,
        "language": get_language() or "zh-hans",
    }
    texts = {
        "index.html": render_text("complaints/threats/pack.html", known).encode(),
        "course.json": json.dumps(
            _data(shown, told, events, messages, pieces), ensure_ascii=False, indent=1
        ).encode(),
        "style.css": STYLE.read_bytes(),
    }
    folder = f"{case.reference}-{_('threat')}-{threat_id}"
    return Pack(folder, f"{folder}-{at:%Y%m%d%H%M}.zip", at, texts, pieces)


def _piece(folder: str, pk: int, file: StoredFile, title: str) -> Piece:
    safe = get_valid_filename(f"{pk}-{file.name}")  # the number first: a name of signs alone leaves nothing
    return Piece(f"{folder}/{safe}", title, file.sha256, file.size, files.path(file))


def _messages(subject: tuple[str, int]) -> list[Any]:
    """All of them, oldest first."""
    found: list[Any] = []
    before: int | None = None
    while True:
        rows = channels.messages_of(subject, limit=BLOCK, before=before)
        found = [*rows, *found]
        if len(rows) < BLOCK:
            return found
        before = rows[0].pk


def _events(subject: tuple[str, int]) -> list[Moment]:
    found: list[Moment] = []
    after = 0
    while True:
        rows = ledger.timeline(subject, after=after, limit=BLOCK)
        found += [
            Moment(
                row.at,
                "",
                describe.say(row.name, row.data),
                _("System") if row.by_kind == "system" else row.by_name,
            )
            for row in rows
        ]
        if len(rows) < BLOCK:
            return found
        after = rows[-1].id


def _data(
    page: ThreatPage, told: list[Moment], events: list[Moment], messages: list[Any], pieces: list[Piece]
) -> dict[str, Any]:
    threat = page.threat
    return {
        "reference": threat.case.reference,
        "customer": threat.case.customer.name,
        "kind": threat.kind,
        "state": threat.state,
        "outcome": threat.outcome,
        "who": threat.who,
        "held": threat.held,
        "place": threat.place,
        "words": threat.words,
        "happened_at": threat.happened_at.isoformat(),
        "registered_at": threat.registered_at.isoformat(),
        "acknowledged_at": threat.acknowledged_at.isoformat() if threat.acknowledged_at else None,
        "course": [_moment(one) for one in told],
        "events": [_moment(one) for one in events],
        "messages": [
            {"at": m.at.isoformat(), "direction": m.direction, "channel": m.channel, "by": m.author_name, "text": m.text}
            for m in messages
        ],
        "files": [{"name": p.name, "title": p.title, "sha256": p.sha256, "bytes": p.size} for p in pieces],
    }  # fmt: skip


def _moment(one: Moment) -> dict[str, str]:
    return {"at": one.at.isoformat(), "by": one.by, "title": one.title, "text": one.text}


class _Outlet(io.RawIOBase):
    """What the zip writes, to be sent on at once; it cannot go back in it."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting += data
        return len(data)

    def take(self) -> bytes:
        sent = bytes(self.waiting)
        self.waiting.clear()
        return sent


def chunks(pack: Pack) -> Iterator[bytes]:
    """The zip piece by piece. Every file is hashed as it goes out, so the manifest says what is really in it."""
    outlet, sums = _Outlet(), []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in pack.texts.items():
            _write(archive, pack, name, body)
            sums.append((sha256(body).hexdigest(), name))
            yield outlet.take()
        for piece in pack.pieces:
            if not piece.there:
                continue
            digest = sha256()
            with archive.open(_info(pack, piece.name), "w") as out, piece.path.open("rb") as source:
                while body := source.read(CHUNK):
                    digest.update(body)
                    out.write(body)
                    yield outlet.take()
            sums.append((digest.hexdigest(), piece.name))
        _write(archive, pack, "manifest.sha256", "".join(f"{d}  {n}\n" for d, n in sums).encode())
    yield outlet.take()


def _info(pack: Pack, name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(f"{pack.folder}/{name}", pack.at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _write(archive: zipfile.ZipFile, pack: Pack, name: str, body: bytes) -> None:
    archive.writestr(_info(pack, name), body)
