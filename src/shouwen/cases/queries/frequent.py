"""Questions that customers ask again and again, and whether an article answers them (KNO-1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.cases.models import Case, State
from shouwen.cases.queries import one
from shouwen.knowledge import queries as knowledge
from shouwen.knowledge.queries import Suggestion
from shouwen.knowledge.rules import frequent
from shouwen.platform.access import Actor

DAYS = 60
MOST_READ = 2_000
SHOWN = 20
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """`article` is the one that may answer it already; None asks for one to be written."""

    text: str
    count: int
    examples: list[Case]
    article: Suggestion | None


def frequent_questions(actor: Actor, at: datetime) -> list[Asked]:
    """From the subjects of the newest requests the actor may see, those without an answer first."""
    rows = one.visible_to(actor).filter(opened_at__gte=at - timedelta(days=DAYS))
    rows = rows.exclude(state=State.MERGED).exclude(kind="praise")
    subjects = list(rows.order_by("-id").values_list("pk", "subject_line")[:MOST_READ])
    questions = frequent.frequent(subjects)[:SHOWN]
    wanted = [pk for question in questions for pk in question.ids[:EXAMPLES]]
    cases = {each.pk: each for each in one.visible_to(actor).filter(pk__in=wanted)}
    found = []
    for question in questions:
        fitting = knowledge.suggest_articles(question.text, limit=1, actor=actor)
        shown = [cases[pk] for pk in question.ids[:EXAMPLES] if pk in cases]
        found.append(Asked(question.text, len(question.ids), shown, fitting[0] if fitting else None))
    return sorted(found, key=lambda each: (each.article is not None, -each.count))
