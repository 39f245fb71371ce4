"""Who may do what with knowledge. Pure predicates over the actor and the thing."""

from shouwen.knowledge.models import Article, State
from shouwen.platform.access import Actor


def may_read(by: Actor, *_things: object) -> bool:
    return by.can("knowledge.read")


def may_write(by: Actor, *_things: object) -> bool:
    """Draft articles and propose changes. Who may publish may write."""
    return by.can("knowledge.write") or by.can("knowledge.publish")


def may_publish(by: Actor, *_things: object) -> bool:
    """Decide what is live: articles, official wordings, templates, words to avoid."""
    return by.can("knowledge.publish")


def may_see_figures(by: Actor, *_things: object) -> bool:
    """What the reply check found, team by team."""
    return by.can("knowledge.publish")


def changes_live(by: Actor, article: Article) -> bool:
    """Whether a change goes live at once: to any article for a publisher, to a draft for every writer."""
    return may_publish(by) or (may_write(by) and article.state == State.DRAFT)


def may_review(by: Actor, article: Article) -> bool:
    """Say that an article is still right: its owner, or who may publish."""
    return may_publish(by) or (may_read(by) and by.user_id is not None and article.owner_id == by.user_id)
