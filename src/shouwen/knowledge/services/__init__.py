"""Writes of knowledge, one verb each: lock, may I, rule, row, fact."""

from shouwen.knowledge.services.articles import change, draft
from shouwen.knowledge.services.furnishing import furnish
from shouwen.knowledge.services.lists import save_jargon, save_phrase
from shouwen.knowledge.services.measuring import measure_reply
from shouwen.knowledge.services.merging import merge_articles, undo_merge
from shouwen.knowledge.services.publishing import (
    accept_change,
    bring_back,
    decline_change,
    publish,
    retire,
    review,
)
from shouwen.knowledge.services.reading import (
    count_vote,
    drop_miss,
    note_miss,
    note_miss_of_a_stranger,
    note_view,
    vote,
)
from shouwen.knowledge.services.templates import save_template, use_template
from shouwen.knowledge.services.using import link_article, record_articles
from shouwen.knowledge.services.wordings import end_wording, record_wordings, replace_wording, state_wording

__all__ = [
    "accept_change",
    "bring_back",
    "change",
    "count_vote",
    "decline_change",
    "draft",
    "drop_miss",
    "end_wording",
    "furnish",
    "link_article",
    "measure_reply",
    "merge_articles",
    "note_miss",
    "note_miss_of_a_stranger",
    "note_view",
    "publish",
    "record_articles",
    "record_wordings",
    "replace_wording",
    "retire",
    "review",
    "save_jargon",
    "save_phrase",
    "save_template",
    "state_wording",
    "undo_merge",
    "use_template",
    "vote",
]
