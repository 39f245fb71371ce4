"""Templates: found by what somebody types after "/", and listed for who keeps them."""

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.knowledge import policies
from shouwen.knowledge.models import Template, TemplateSort
from shouwen.knowledge.queries.articles import one
from shouwen.knowledge.rules import ranking
from shouwen.platform import ways
from shouwen.platform.access import Actor

SORTS_ORDER = [code for code, _label in TemplateSort.choices]
NO_TEMPLATE = _("There is no such template.")


def visible_to(actor: Actor) -> QuerySet[Template]:
    """Who keeps templates sees all; others those for everybody and for their teams."""
    if actor.is_system or policies.may_publish(actor):
        return Template.objects.all()
    if not policies.may_read(actor):
        return Template.objects.none()
    return Template.objects.filter(Q(team_id__isnull=True) | Q(team_id__in=actor.team_ids), active=True)


def get(template_id: int, actor: Actor) -> Template:
    return one(visible_to(actor).select_related("team").filter(pk=template_id), NO_TEMPLATE)


def locked(template_id: int) -> Template:
    return one(Template.objects.select_for_update().filter(pk=template_id), NO_TEMPLATE)


def find_templates(
    q: str = "", *, channel: str = "", language: str = "", actor: Actor, sort: str = "", limit: int = 20
) -> list[Template]:
    """Templates in use that fit, those whose name begins with `q` first, then the most used.

    `q` is found in names, in the pinyin of names ("gzwh") and in texts.
    """
    rows = visible_to(actor).filter(active=True)
    if not actor.is_system:  # who keeps all templates still writes with those of the own teams
        rows = rows.filter(Q(team_id__isnull=True) | Q(team_id__in=actor.team_ids))
    if channel:
        rows = rows.filter(channel__in=("", channel))
    if language:
        rows = rows.filter(language=language)
    if sort:
        rows = rows.filter(sort=sort)
    typed = q.strip()[:60]
    if typed:
        letters = re.sub(r"[^a-z0-9]", "", typed.lower())
        fits = Q(name__icontains=typed) | Q(body__icontains=typed)
        rows = rows.filter(fits | Q(spelling__icontains=letters) if letters else fits)
    begins = typed.lower()
    found = rows.order_by("-uses", "name", "id")[:200]
    return sorted(found, key=lambda each: not each.name.lower().startswith(begins))[:limit]


def suggest_templates(
    text: str, *, channel: str = "", language: str = "", actor: Actor, limit: int = 3
) -> list[Template]:
    """Templates that share telling words with what a customer wrote, the best first. One query."""
    wanted = set(ranking.asked(text))
    if not wanted:
        return []
    fitting = []
    for each in find_templates(channel=channel, language=language, actor=actor, limit=200):
        named, said = wanted & set(ranking.asked(each.name)), wanted & set(ranking.asked(each.body))
        if named or len(said) > 1:
            fitting.append((2 * len(named) + len(said), each))
    return [each for _points, each in sorted(fitting, key=lambda pair: -pair[0])[:limit]]


def listed_templates(
    actor: Actor, *, sort: str = "", language: str = "", active: bool = True, q: str = ""
) -> list[Template]:
    """For the page of templates: in the order of a conversation, the reader's language first, then by use."""
    rows = visible_to(actor).filter(active=active).select_related("team")
    if sort:
        rows = rows.filter(sort=sort)
    if language:
        rows = rows.filter(language=language)
    if q.strip():
        rows = rows.filter(Q(name__icontains=q.strip()) | Q(body__icontains=q.strip()))
    found = rows.order_by("-uses", "name", "id")[:500]
    here = actor.language
    return sorted(found, key=lambda each: (SORTS_ORDER.index(each.sort), each.language != here))


def sort_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in TemplateSort.choices]


def channel_choices() -> list[tuple[str, str]]:
    """A text may be kept for one of the ways of contact."""
    return [(code, str(label)) for code, label in ways.labels().items()]
