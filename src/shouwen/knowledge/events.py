"""Facts that knowledge announces."""

from shouwen.kernel.events import Fact, fact


@fact("knowledge.article_drafted")
class ArticleDrafted(Fact):
    article_id: int
    title: str


@fact("knowledge.article_changed")
class ArticleChanged(Fact):
    """The live text, or who keeps it for whom."""

    article_id: int
    version: int
    note: str = ""


@fact("knowledge.change_proposed")
class ChangeProposed(Fact):
    """Somebody who may not publish changed a published article; a publisher decides."""

    article_id: int
    version: int
    note: str = ""


@fact("knowledge.change_declined")
class ChangeDeclined(Fact):
    article_id: int
    version: int
    reason: str


@fact("knowledge.article_published")
class ArticlePublished(Fact):
    article_id: int
    version: int
    title: str


@fact("knowledge.article_reviewed")
class ArticleReviewed(Fact):
    article_id: int
    review_on: str


@fact("knowledge.article_retired")
class ArticleRetired(Fact):
    article_id: int
    reason: str


@fact("knowledge.article_brought_back")
class ArticleBroughtBack(Fact):
    article_id: int


@fact("knowledge.articles_merged")
class ArticlesMerged(Fact):
    """Two articles answered the same; `merged_id` was retired in favour of `article_id`."""

    article_id: int
    merged_id: int
    title: str


@fact("knowledge.merge_undone")
class ArticleMergeUndone(Fact):
    """The two stand by themselves again: `merged_id` is what it was before it went into `article_id`."""

    article_id: int
    merged_id: int
    title: str


@fact("knowledge.search_unanswered")
class SearchUnanswered(Fact):
    """People looked for this often enough that it became a draft."""

    article_id: int
    words: str
    count: int


@fact("knowledge.template_saved")
class TemplateSaved(Fact):
    template_id: int
    name: str
    active: bool = True


@fact("knowledge.wording_stated")
class WordingStated(Fact):
    wording_id: int
    topic: str


@fact("knowledge.wording_changed")
class WordingChanged(Fact):
    """A new wording stands in place of an old one. `queries.subjects_using(old_id)` says who was told the old."""

    wording_id: int
    old_id: int
    topic: str


@fact("knowledge.wording_ended")
class WordingEnded(Fact):
    wording_id: int
    topic: str
    reason: str


@fact("knowledge.phrase_saved")
class PhraseSaved(Fact):
    phrase_id: int
    phrase: str
    sort: str
    active: bool = True


@fact("knowledge.jargon_saved")
class JargonSaved(Fact):
    jargon_id: int
    term: str
    active: bool = True
