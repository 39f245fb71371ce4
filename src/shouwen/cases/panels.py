"""What cases hang on others' pages: on a customer's, their requests; below an answer of the public knowledge base,
the way to a person; beside an article, what it answered; beside the list of articles, what is asked again."""

from typing import Any

from shouwen.cases import permissions, queries
from shouwen.knowledge import machine
from shouwen.platform.access import Actor, now
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("help.ask", order=10)
def the_way_to_a_person(thing: object, actor: Actor) -> str:
    return render_text("cases/portal/ask.html", {})


@panel("article.side", order=10)
def what_the_article_answered(article: Any, actor: Actor) -> str | None:
    if not actor.can(permissions.SEE):
        return None
    cases = queries.answered_with(article.pk, actor)
    return render_text("cases/team/article_cases.html", {"cases": cases}) if cases else None


@panel("knowledge.waiting", order=10)
def what_is_asked_again_and_again(thing: object, actor: Actor) -> str | None:
    if not (actor.can(permissions.SEE) and actor.can("knowledge.write")):
        return None
    return render_text("cases/team/questions_card.html", {})


@panel("case.sidebar", order=90)
def the_language_model(case: Any, actor: Actor) -> str | None:
    """Only where somebody switched one on."""
    if not (machine.is_on() and actor.can(permissions.WORK) and case.active):
        return None
    return render_text("cases/side/machine.html", {"ref": case.reference})


@panel("customer.main", order=5)
def the_requests_of_this_customer(customer: Any, actor: Actor) -> str | None:
    if not actor.can(permissions.SEE):
        return None
    found = queries.requests_of(customer.pk, actor, now())
    known = {"requests": found, "customer": customer}
    return render_text("cases/side/requests.html", {**known, **queries.state_words()})
