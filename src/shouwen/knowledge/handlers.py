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
    | events.SearchUnanswered
)


@on(
    events.ArticleDrafted,
    events.ArticleChanged,
    events.ArticlePublished,
    events.ArticleRetired,
    events.ArticleBroughtBack,
    events.SearchUnanswered,
)
def a_changed_article_is_found_as_it_is_now(fact: Changed, ctx: Context) -> None:
    search.index("article", fact.article_id)


@on(events.ArticlesMerged, events.ArticleMergeUndone)
def both_sides_of_a_merge_are_indexed_anew(
    fact: events.ArticlesMerged | events.ArticleMergeUndone, ctx: Context
) -> None:
    search.index("article", fact.article_id)
    search.index("article", fact.merged_id)
