"""The record of a complaint as one file: a page to read, its data for machines, every piece of evidence, and a
manifest with the checksum of each (ISO 10002 asks that the whole way can be shown)."""

import io
import json
import zipfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwen.cases.queries.labels import channel_label
from shouwen.complaints.models import Complaint, Evidence
from shouwen.complaints.queries import labels
from shouwen.complaints.queries.as_data import as_data
from shouwen.complaints.queries.page import page
from shouwen.kernel.money import Money
from shouwen.platform.access import Actor
from shouwen.platform.files import queries as files
from shouwen.platform.ledger import describe
from shouwen.platform.ledger import queries as ledger
from shouwen.platform.web.pages import render_text

EVENTS = 1000
STYLE = Path(__file__).parent.parent / "static" / "complaints" / "pack.css"


def file_link(evidence: Evidence) -> str:
    """The signed address of a piece of evidence; empty where there is no file, or it is gone."""
    file = evidence.file
    return files.link(file.pk) if file is not None and file.gone_at is None else ""


def packed(ref: str, actor: Actor, at: datetime) -> tuple[str, bytes]:
    """(name, bytes) of the zip."""
    shown = page(ref, actor, at)
    complaint = shown.complaint
    events = _events(complaint)
    folder = f"{complaint.reference}"
    parts: dict[str, bytes] = {}
    names = {}
    for one in shown.parts.evidence:
        if one.file is not None and one.file.gone_at is None:
            safe = get_valid_filename(one.file.name) or "file"
            names[one.pk] = f"evidence/{one.pk}-{safe}"
            parts[names[one.pk]] = files.content(one.file_id or 0)
    data = as_data(shown, names, events)
    context = {
        "page": shown,
        "events": events,
        "names": names,
        "at": at,
        "by": actor.name,
        "money": lambda amount: Money(amount).format(),
        "aspects": labels.ASPECTS,
        "hows": labels.HOWS,
        "channel": channel_label,
        "labels": labels.STAGE_LABELS,
        "language": get_language() or "zh-hans",
    }
    parts["record.html"] = render_text("complaints/record.html", context).encode()
    parts["record.json"] = json.dumps(data, ensure_ascii=False, indent=1).encode()
    parts["style.css"] = STYLE.read_bytes()
    sums = {name: {"sha256": sha256(body).hexdigest(), "bytes": len(body)} for name, body in parts.items()}
    parts["manifest.json"] = json.dumps(sums, ensure_ascii=False, indent=1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", at.timetuple()[:6]), body)
    return f"{folder}-{at:%Y%m%d}.zip", out.getvalue()


def _events(complaint: Complaint) -> list[dict[str, Any]]:
    rows = ledger.timeline(complaint.subject, limit=EVENTS)
    return [
        {
            "at": row.at,
            "by": _("System") if row.by_kind == "system" else row.by_name,
            "name": row.name,
            "text": describe.say(row.name, row.data),
        }
        for row in rows
    ]
