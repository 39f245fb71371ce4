"""Reactions to what knowledge announces: the search index follows."""

from shouwen.knowledge import events
from shouwen.platform.ledger.bus import Context, on
from shouwen.platform.search import services as search

Changed = (
    events.ArticleDrafted
    | events.ArticleChanged
    | events.ArticlePublished
    | events.ArticleRetired
    | events.ArticleBroughtBack
    | events.ArticlesMerged
    | events.SearchUnanswered
)


@on(
    events.ArticleDrafted,
    events.ArticleChanged,
    events.ArticlePublished,
    events.ArticleRetired,
    events.ArticleBroughtBack,
    events.ArticlesMerged,
    events.SearchUnanswered,
)
def a_changed_article_is_found_as_it_is_now(fact: Changed, ctx: Context) -> None:
    search.index("article", fact.article_id)
