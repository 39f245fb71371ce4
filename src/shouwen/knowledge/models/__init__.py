"""Tables of knowledge."""

from shouwen.knowledge.models.articles import (
    LANGUAGES,
    Article,
    ArticleFile,
    ArticleTerm,
    ArticleUse,
    ArticleVersion,
    ArticleVote,
    Audience,
    SearchMiss,
    State,
    VersionState,
    VoteDay,
)
from shouwen.knowledge.models.merging import ArticleMerge
from shouwen.knowledge.models.wordings import (
    CheckTally,
    JargonTerm,
    ListVersion,
    PhraseSort,
    TabooPhrase,
    Template,
    TemplateSort,
    Wording,
    WordingUse,
)

__all__ = [
    "LANGUAGES",
    "Article",
    "ArticleFile",
    "ArticleMerge",
    "ArticleTerm",
    "ArticleUse",
    "ArticleVersion",
    "ArticleVote",
    "Audience",
    "CheckTally",
    "JargonTerm",
    "ListVersion",
    "PhraseSort",
    "SearchMiss",
    "State",
    "TabooPhrase",
    "Template",
    "TemplateSort",
    "VersionState",
    "VoteDay",
    "Wording",
    "WordingUse",
]
