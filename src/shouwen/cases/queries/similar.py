"""Cases like this one (KNO-4): somebody has answered that before."""

from shouwen.cases.models import Case, State
from shouwen.cases.queries import one
from shouwen.knowledge import queries as knowledge
from shouwen.platform.access import Actor
from shouwen.platform.search import queries as search

MOST_SIMILAR = 40
SIMILAR_SHOWN = 4


def similar_to(case: Case, actor: Actor) -> list[Case]:
    """Cases of other customers that ask for much the same, the likest first, answered ones before open ones."""
    words = knowledge.telling_words(case.subject_line)
    ids = search.similar("case", words, limit=MOST_SIMILAR)
    there = one.visible_to(actor).filter(pk__in=ids).exclude(customer_id=case.customer_id)
    found = {each.pk: each for each in there.exclude(state=State.MERGED)}
    wanted = set(words)
    like = [
        found[pk]
        for pk in ids
        if pk in found
        and len(wanted & set(knowledge.telling_words(found[pk].subject_line))) * 2 >= min(len(wanted), 4)
    ]
    return sorted(like, key=lambda each: each.active)[:SIMILAR_SHOWN]


def answered_with(article_id: int, actor: Actor) -> list[Case]:
    """The cases the actor may see that an article answered, the newest first."""
    ids = knowledge.uses_of(article_id)
    found = {each.pk: each for each in one.visible_to(actor).filter(pk__in=ids)} if ids else {}
    return [found[pk] for pk in ids if pk in found]
