"""An article's little markup as safe HTML: escaped on the way in, cleaned on the way out."""

import nh3
from markupsafe import Markup

from shouwen.knowledge.queries.articles import files_of
from shouwen.knowledge.rules import markup
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
