"""When an article may be published and how long its owner vouches for it. Pure."""

from datetime import date, timedelta

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.kernel.text import document

LONGEST_TRUST = timedelta(days=731)  # what nobody looked at for two years is no longer known to be right
LONGEST_BODY = 60_000


def check_text(title: str, body: str) -> None:
    if not title.strip() or len(title.strip()) > 200:
        raise Invalid(Sentence(N_("A title has 1 to 200 characters.")), field="title")
    if len(body) > LONGEST_BODY:
        raise Invalid(
            Sentence(N_("An article has at most %(limit)s characters; write two."), {"limit": LONGEST_BODY}),
            field="body",
        )


def check_publishable(*, body: str, owner_id: int | None, review_on: date | None, today: date) -> None:
    """An article goes live with a text, an owner, and a day on which somebody looks at it again."""
    if not body.strip():
        raise Invalid(Sentence(N_("Write the text before publishing it.")), field="body")
    if owner_id is None:
        raise Invalid(Sentence(N_("Say who keeps this article right.")), field="owner")
    check_review_day(review_on, today)


def check_review_day(review_on: date | None, today: date) -> None:
    if review_on is None or review_on <= today:
        raise Invalid(Sentence(N_("Choose a day in the future to look at it again.")), field="review_on")
    if review_on - today > LONGEST_TRUST:
        raise Invalid(Sentence(N_("Look at it again within two years.")), field="review_on")


def fold_question(words: str) -> str:
    """One form of the same question: case, width, blanks and closing marks do not matter."""
    return document(words)[:100]
