"""A template put into an answer, with this case's values in its gaps."""

from datetime import datetime

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.knowledge import services as knowledge
from shouwen.platform.access import Actor


def use_template(*, case: Case, template_id: int, at: datetime, by: Actor) -> str:
    """The text, counted as used. A gap without a value stays visible."""
    return knowledge.use_template(template_id, queries.blanks(case, by, at), by=by)
