"""A template put into an answer, with this case's values in its gaps; an article that answered."""

from datetime import datetime

from django.db import transaction

from shouwen.cases import policies, queries
from shouwen.cases.models import Case
from shouwen.kernel.text.traditional import written_for
from shouwen.knowledge import services as knowledge
from shouwen.platform.access import Actor, ensure


def use_template(*, case: Case, template_id: int, at: datetime, by: Actor, written: str = "") -> str:
    """The text, counted as used. A gap without a value stays visible. In traditional characters for who reads them.
    What is `written` in the answer already calls the customer by name, or leaves it to the template."""
    text = knowledge.use_template(template_id, queries.blanks(case, by, at), written=written, by=by)
    return written_for(case.customer.language, text)


@transaction.atomic
def answered_by(*, case_id: int, article_id: int, at: datetime, by: Actor) -> None:
    """An article answered this case; the article's page and the next reader profit."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    knowledge.link_article(article_id=article_id, subject=case.subject, at=at, by=by)
