"""Templates are kept and used."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.kernel.text import pinyin
from shouwen.knowledge import policies, queries
from shouwen.knowledge.events import TemplateSaved
from shouwen.knowledge.models import LANGUAGES, Template, TemplateSort
from shouwen.knowledge.rules import placeholders
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def save_template(
    *,
    name: str,
    body: str,
    at: datetime,
    by: Actor,
    template_id: int | None = None,
    sort: str = TemplateSort.REPLY,
    language: str = "zh-hans",
    channel: str = "",
    team_id: int | None = None,
    active: bool = True,
) -> Template:
    """A new template, or another text for a known one."""
    template = queries.locked_template(template_id) if template_id else Template()
    ensure(policies.may_publish, by, template)
    placeholders.check(body, greets=sort == TemplateSort.GREETING)
    _check(name=name, sort=sort, language=language, channel=channel, team_id=team_id)
    _must_be_free(name.strip(), language, but=template_id, active=active)
    before = _said(template) if template.pk else None
    template.name, template.body, template.sort = name.strip(), body.strip(), sort
    template.language, template.channel, template.team_id = language, channel, team_id
    template.spelling = pinyin(name)[:200]
    template.active, template.changed_at = active, at
    template.save()
    bus.announce(
        TemplateSaved(template_id=template.pk, name=template.name, active=active),
        subjects=[template.subject],
        by=by,
        at=at,
        before=before,
        after=_said(template),
    )
    return template


def _said(template: Template) -> dict[str, Any]:
    """What the history keeps of a template."""
    names = ("name", "body", "sort", "language", "channel", "team_id", "active")
    return {name: getattr(template, name) for name in names}


def use_template(
    template_id: int, values: Mapping[str, str], *, written: str = "", by: Actor | None = None
) -> str:
    """The template's text with its gaps filled, counted as used. A gap without a value stays visible.

    `values`: customer_name, agent_name, case_ref, promise, organisation. `written`: what stands in the message
    already, so that it calls the customer by name once. With `by` only a template they see.
    """
    template = queries.template(template_id, by) if by is not None else queries.locked_template(template_id)
    Template.objects.filter(pk=template.pk).update(uses=F("uses") + 1)
    return placeholders.fill(template.body, values, written=written)


def _check(*, name: str, sort: str, language: str, channel: str, team_id: int | None) -> None:
    if not name.strip() or len(name.strip()) > 80:
        raise Invalid(_("A name has 1 to 80 characters."), field="name")
    for field, value, known in (
        ("sort", sort, TemplateSort.values),
        ("language", language, LANGUAGES),
        ("channel", channel, ["", *(code for code, _label in queries.channel_choices())]),
    ):
        if value not in known:
            raise Invalid(_("Choose one of the listed values."), field=field)
    if team_id is not None:
        people.team(team_id)


def _must_be_free(name: str, language: str, *, but: int | None, active: bool) -> None:
    same = Template.objects.filter(name=name, language=language, active=True).exclude(pk=but or 0)
    if active and same.exists():
        raise Invalid(_("Another template has this name."), field="name")
