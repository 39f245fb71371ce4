"""Factories for tests: knowledge with as little said as the test needs."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from shouwen.knowledge import services
from shouwen.knowledge.models import Article, TabooPhrase, Template, Wording
from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.search.services import index_now

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai
TODAY = date(2026, 3, 2)
_numbers = count(1)


def a_draft(title: str = "", body: str = "看一看说明。", *, by: Actor = SYSTEM, **values: Any) -> Article:
    """In the search index at once, as a job would do a moment later."""
    article = services.draft(title=title or f"条目 {next(_numbers)}", body=body, at=AT, by=by, **values)
    index_now("article", article.pk)
    return article


def an_article(title: str = "", body: str = "看一看说明。", **values: Any) -> Article:
    """A published one, with an owner, to be looked at again in half a year."""
    owner_id = values.pop("owner_id", None) or a_person("back_office").pk
    review_on = values.pop("review_on", TODAY + timedelta(days=180))
    made = a_draft(title, body, owner_id=owner_id, review_on=review_on, **values)
    return services.publish(article_id=made.pk, at=AT, by=SYSTEM)


def a_template(name: str = "", body: str = "您好，{{customer_name}}！", **values: Any) -> Template:
    return services.save_template(
        name=name or f"模板 {next(_numbers)}", body=body, at=AT, by=SYSTEM, **values
    )


def a_wording(topic: str = "", text: str = "运费由我们承担。", **values: Any) -> Wording:
    values.setdefault("valid_from", TODAY - timedelta(days=30))
    return services.state_wording(
        topic=topic or f"口径 {next(_numbers)}", text=text, at=AT, by=SYSTEM, **values
    )


def a_phrase(phrase: str, better: str = "", **values: Any) -> TabooPhrase:
    return services.save_phrase(phrase=phrase, better=better, at=AT, by=SYSTEM, **values)
