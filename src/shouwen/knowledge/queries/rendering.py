"""An article's little markup as safe HTML: escaped on the way in, cleaned on the way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import nh3
from markupsafe import Markup, escape

from shouwen.kernel.text import excerpt, highlight_spans
from shouwen.knowledge.models import Article
from shouwen.knowledge.queries.articles import files_of
from shouwen.knowledge.rules import markup
from shouwen.knowledge.rules.differences import differences
from shouwen.platform.files import queries as files

TAGS = {
    "a", "blockquote", "br", "code", "h2", "h3", "h4", "img", "li", "ol", "p", "pre", "strong", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "loading"}}


def rendered(body: str, article_id: int | None = None) -> Markup:
    """HTML of `body`. Pictures and files are those of the article; another's leave only their words."""
    named = markup.files_named(body) if article_id is not None else set()
    own = {held.file_id for held in files_of(article_id)} if named and article_id is not None else set()
    html = markup.to_html(body, lambda file_id: files.link(file_id) if file_id in own else None)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704  cleaned in the line above


def plain(body: str) -> str:
    """`body` as it reads in a mail."""
    return markup.to_text(body)


@dataclass(frozen=True)
class Row:
    """An article as a list shows it: title and excerpt with the words looked for marked."""

    article: Article
    title: Markup
    excerpt: Markup
    overdue: bool


def rows(articles: Iterable[Article], *, on: date, q: str = "") -> list[Row]:
    shown = []
    for article in articles:
        text = markup.to_text(article.body)
        shown.append(
            Row(
                article,
                marked(article.title, q),
                marked(excerpt(text, q, width=150), q),
                article.overdue(on),
            )
        )
    return shown


def marked(text: str, q: str) -> Markup:
    """`text` escaped, the words of `q` in <mark>."""
    parts, at = [], 0
    for start, end in highlight_spans(text, q) if q.strip() else []:
        parts += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def changes(old: str, new: str) -> Markup:
    """What changed from one text to another, gone words struck out and new ones underlined."""
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return Markup("").join(Markup(tags[sort]).format(text) for sort, text in differences(old, new))  # noqa: S704
