"""Macros: kept in versions, looked at before they are applied, and applied in one piece with a person's own rights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shouwen.cases import permissions, policies, queries
from shouwen.cases.events import MacroApplied, MacroChanged
from shouwen.cases.models import Case, Macro
from shouwen.cases.queries import labels
from shouwen.cases.queries.automation import macros as reads
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.cases.services.automation import checking, rulebook, running
from shouwen.cases.services.replying import reply
from shouwen.kernel.errors import Fault, Forbidden, Invalid, Refused
from shouwen.kernel.text.traditional import written_for
from shouwen.knowledge.rules import placeholders
from shouwen.people import queries as people
from shouwen.platform import automation
from shouwen.platform.access import Actor, ensure, require
from shouwen.platform.automation import Deed
from shouwen.platform.ledger import bus
from shouwen.platform.series import listed
from shouwen.platform.web.faults import sentence

MOST_OF_ONE = 100
STEP = 10
PARTS = ("name", "active", "owner_id", "team_id", "reply", "waiting", "actions")


@dataclass(frozen=True)
class Preview:
    """What would happen: each change from what to what, what would be refused and why, the filled text."""

    changes: list[dict[str, str]]
    refused: list[str]
    text: str
    open_gaps: list[str] = field(default_factory=list)


def _may_keep(macro: Macro, by: Actor) -> None:
    """One's own are one's own affair; a team's and everybody's are set by who sets rules."""
    if macro.owner_id is not None and macro.owner_id == by.user_id:
        require(by, permissions.WORK)
        return
    ensure(policies.may_configure, by)
    if macro.owner_id is not None and not by.is_system:
        raise Forbidden(_("This macro is somebody's own."))


@transaction.atomic
def save_macro(
    *,
    macro_id: int | None,
    name: str,
    scope: str = "mine",
    team_id: int | None = None,
    reply: str = "",
    waiting: bool = False,
    actions: Mapping[str, Any] | None = None,
    active: bool = True,
    at: datetime,
    by: Actor,
) -> Macro:
    """A new macro, or a changed one with the next version number. `scope`: mine, team or all."""
    if scope not in {"mine", "team", "all"}:
        raise Invalid(_("Choose one of the listed values."), field="scope")
    macro = _locked(macro_id, by) if macro_id is not None else Macro(version=0)
    before = parts_of(macro) if macro_id is not None else None
    if before is not None:
        _may_keep(macro, by)
    macro.name = states.text(name, "name", least=1, most=80)
    macro.owner_id = by.user_id if scope == "mine" else None
    macro.team_id = _team(team_id) if scope == "team" else None
    _may_keep(macro, by)
    macro.reply = states.text(reply, "reply", most=placeholders.LONGEST_BODY)
    if macro.reply:
        _check_gaps(macro.reply)
    macro.waiting, macro.active = waiting and bool(macro.reply), active
    macro.actions = checking.actions(actions or {}, "macro")
    if not (macro.reply or macro.actions):
        raise Invalid(_("Say what the macro does, or what it answers."), field="reply")
    return _kept(macro, before, at, by)


def _check_gaps(text: str) -> None:
    try:
        placeholders.check(text)
    except Invalid as fault:
        raise Invalid(fault.sentence, field="reply") from None


def _team(team_id: int | None) -> int:
    if team_id is None or team_id not in {team.pk for team in people.teams()}:
        raise Invalid(_("There is no such team."), field="team")
    return team_id


def _kept(macro: Macro, before: Mapping[str, Any] | None, at: datetime, by: Actor) -> Macro:
    after = parts_of(macro)
    if after == before:
        return macro
    if before is None:
        if Macro.objects.filter(owner_id=macro.owner_id).count() >= MOST_OF_ONE:
            raise Refused(_("At most %(most)s macros.") % {"most": MOST_OF_ONE})
        last = Macro.objects.order_by("-position").values_list("position", flat=True).first() or 0
        macro.position = last + STEP
    macro.version += 1
    macro.save()
    fact = MacroChanged(macro.pk, macro.name, macro.version)
    bus.announce(
        fact, subjects=[macro.subject], by=by, at=at, before=dict(before) if before else None, after=after
    )
    return macro


def parts_of(macro: Macro) -> dict[str, Any]:
    return {name: getattr(macro, name) for name in PARTS}


@transaction.atomic
def restore_macro(*, macro_id: int, version: int, at: datetime, by: Actor) -> Macro:
    """As it was in an earlier version, as a new version; whose it is stays as it is now."""
    macro = _locked(macro_id, by)
    was = rulebook.version_of(macro.subject, version)
    return save_macro(
        macro_id=macro_id,
        name=was["name"],
        scope=reads.scope_of(macro),
        team_id=macro.team_id,
        reply=was["reply"],
        waiting=was["waiting"],
        actions=was["actions"],
        active=was["active"],
        at=at,
        by=by,
    )


def _locked(macro_id: int, by: Actor) -> Macro:
    return Macro.objects.select_for_update(of=("self",)).get(pk=reads.get(macro_id, by).pk)


def filled(macro: Macro, case: Case, by: Actor, at: datetime) -> str:
    """The macro's answer with its gaps filled for this case, in the characters its reader reads."""
    return (
        written_for(case.customer.language, queries.filled(case, macro.reply, by, at)) if macro.reply else ""
    )


def preview(*, macro_id: int, case_id: int, at: datetime, by: Actor) -> Preview:
    """What `apply` would do, found by doing it and taking it all back: nothing is sent, kept or told."""
    with transaction.atomic():
        macro, case = reads.get(macro_id, by), queries.locked(case_id, by)
        ensure(policies.may_work, by, case)
        text = filled(macro, case, by, at)
        gaps = queries.open_gaps(text)
        changes, refused = _act(macro, case, "" if gaps else text, 0, at, by)
        transaction.set_rollback(True)
    return Preview(changes, refused, text, gaps)


def _act(
    macro: Macro, case: Case, answer: str, undo_seconds: int, at: datetime, by: Actor
) -> tuple[list[dict[str, str]], list[str]]:
    """Every action, then the answer. What changed, with what the answer changes by itself, and what was refused."""
    deed = Deed(case.pk, at, by, f"macro:{macro.pk}:{at.isoformat()}")
    known = automation.actions("macro")
    changes: list[dict[str, str]] = []
    refused: list[str] = []
    for code in known:
        if code not in macro.actions:
            continue
        done, why = running.attempt(known[code], deed, macro.actions[code])
        changes += done
        refused += [f"{known[code].label}: {why}"] if why else []
    if answer:
        say = partial(
            reply,
            case_id=case.pk,
            text=answer,
            waiting=macro.waiting,
            undo_seconds=undo_seconds,
            at=at,
            by=by,
        )
        refused += _refusal(say)
    return [*changes, *_turns(case, queries.locked(case.pk))], refused


def _refusal(say: Callable[[], Any]) -> list[str]:
    try:
        with transaction.atomic():
            say()
    except Fault as fault:
        return [f"{_('Reply')}: {sentence(fault.sentence)}"]
    return []


def _turns(before: Case, after: Case) -> list[dict[str, str]]:
    """What an answer changes besides: who answers an unowned case owns it, and it is in work or waits."""
    found = []
    if before.owner_id != after.owner_id:
        names = people.names({pk for pk in (before.owner_id, after.owner_id) if pk})
        was, now = names.get(before.owner_id or 0, "–"), names.get(after.owner_id or 0, "–")
        found.append({"code": "owner", "label": _("The owner"), "was": was, "now": now})
    if before.state != after.state:
        was, now = str(labels.state_label(before.state)), str(labels.state_label(after.state))
        found.append({"code": "state", "label": _("State"), "was": was, "now": now})
    return found


@transaction.atomic
def apply(
    *, macro_id: int, case_id: int, text: str | None = None, undo_seconds: int = 0, at: datetime, by: Actor
) -> list[dict[str, str]]:
    """Do everything or nothing, with the rights of who applies it. `text`: the answer as it was read over; None
    means as the macro has it. What it changed."""
    macro, case = reads.get(macro_id, by), queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    if not macro.active:
        raise Refused(_("This macro is not in use any more."))
    answer = (filled(macro, case, by, at) if text is None else text).strip() if macro.reply else ""
    gaps = queries.open_gaps(answer)
    if gaps:
        raise Invalid(_("Fill in the gaps first: %(gaps)s.") % {"gaps": listed(gaps)}, field="text")
    changes, refused = _act(macro, case, answer, undo_seconds, at, by)
    if refused:
        raise Refused("; ".join(refused))
    if answer:
        changes.append({"code": "reply", "label": _("Reply"), "was": "", "now": answer[:300]})
    Macro.objects.filter(pk=macro.pk).update(uses=F("uses") + 1)
    fact = MacroApplied(case.pk, macro.pk, macro.name, macro.version, changes)
    recording.announce(queries.locked(case.pk), fact, by=by, at=at)
    return changes
