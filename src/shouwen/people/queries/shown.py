"""What screens and the registries below ask of us."""

from django.utils.translation import gettext_lazy as _

from shouwen.people import rules
from shouwen.people.models import (
    Presence,
    ProviderSort,
    Staff,
)
from shouwen.people.queries.structure import skills_of
from shouwen.platform import db, search
from shouwen.platform.access import Actor, permissions
from shouwen.platform.files import queries as files
from shouwen.platform.ledger import describe
from shouwen.platform.ledger import queries as ledger

LANGUAGE_NAMES = {"zh-hans": _("Chinese"), "zh-hant": _("Traditional Chinese"), "en": _("English")}


def presence_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Presence.choices]


PRESENCE = db.Read(lambda staff: Staff.objects.filter(pk=staff).order_by().values_list("presence"))


def shown_presence(actor: Actor) -> dict[str, object] | None:
    """For the frame's menu: {code, label, choices}; None for who is not staff."""
    if actor.user_id is None:
        return None
    found = PRESENCE.first(staff=actor.user_id)
    if found is None:
        return None
    (code,) = found
    return {"code": code, "label": Presence(code).label, "choices": presence_choices()}


def presence_sentence(data: dict[str, str]) -> str:
    """How a change of presence reads on a timeline."""
    labels = dict(presence_choices())
    return f"{labels.get(data['was'], '')} → {labels.get(data['presence'], '')}"


def photo_link(staff: Staff) -> str | None:
    """Address of a person's photo for whoever sees the page it stands on; None without one."""
    return files.link(staff.photo) if staff.photo is not None else None


def search_doc(staff_id: int) -> search.Doc | None:
    found = Staff.objects.select_related("department").filter(pk=staff_id, active=True).first()
    if found is None:
        return None
    held = " ".join(one.skill.name for one in skills_of(staff_id))
    body = " ".join([found.title, str(found.department or ""), held])
    return search.Doc(title=found.name, body=body, names=(found.name,))


def history(subject: tuple[str, int], *, limit: int = 30) -> list[dict[str, object]]:
    """The newest events of a person, team or provider, as a page shows them."""
    rows = ledger.timeline(subject, limit=limit, newest=True)
    return [
        {
            "text": describe.say(row.name, row.data),
            "at": row.at,
            "by": "" if row.by_kind == "system" else row.by_name,
        }
        for row in rows
    ]


def language_choices() -> list[tuple[str, str]]:
    return [(code, str(LANGUAGE_NAMES[code])) for code in rules.LANGUAGES]


def provider_sort_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in ProviderSort.choices]


def role_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in permissions.ROLES.items()]
