"""What knowledge says to the registries below: permissions, frame, search, settings, sentences, API."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.knowledge import queries
from shouwen.platform import apikit, frame, search
from shouwen.platform.access import Actor, now, permissions
from shouwen.platform.access.permissions import INSIDE
from shouwen.platform.ledger import books, history
from shouwen.platform.ledger.describe import sentence
from shouwen.platform.preferences import setting
from shouwen.platform.waiting import Counted

SENTENCES = {
    "knowledge.article_drafted": _("Article drafted: %(title)s"),
    "knowledge.article_changed": _("Article changed (version %(version)s)"),
    "knowledge.change_proposed": _("Change proposed (version %(version)s)"),
    "knowledge.change_declined": _("Proposed change declined: %(reason)s"),
    "knowledge.article_published": _("Article published: %(title)s"),
    "knowledge.article_reviewed": _("Looked at and still right, until %(review_on)s"),
    "knowledge.article_retired": _("Article retired: %(reason)s"),
    "knowledge.article_brought_back": _("Article brought back as a draft"),
    "knowledge.articles_merged": _("Merged with it: %(title)s"),
    "knowledge.merge_undone": _("Merge undone: %(title)s"),
    "knowledge.search_unanswered": _("Searched for %(count)s times without an answer: %(words)s"),
    "knowledge.template_saved": _("Template saved: %(name)s"),
    "knowledge.wording_stated": _("Official wording stated: %(topic)s"),
    "knowledge.wording_changed": _("Official wording changed: %(topic)s"),
    "knowledge.wording_ended": _("Official wording ended: %(topic)s (%(reason)s)"),
    "knowledge.phrase_saved": _("Phrase on the list: %(phrase)s"),
    "knowledge.jargon_saved": _("Word of ours on the list: %(term)s"),
}


def register() -> None:
    _permissions()
    _frame()
    _settings()
    search.register("article", queries.search_doc)
    for name, text in SENTENCES.items():
        sentence(name, text)
    history.field("sort", _("Sort"), lambda code: dict(queries.sort_choices()).get(code, code))
    books.enter(
        books.SETTINGS,
        "knowledge.template_saved",
        "knowledge.wording_stated",
        "knowledge.wording_changed",
        "knowledge.wording_ended",
        "knowledge.phrase_saved",
        "knowledge.jargon_saved",
    )
    apikit.add_router("/knowledge", "shouwen.knowledge.api.routes")
    apikit.add_router("/reply-check", "shouwen.knowledge.api.checking")
    apikit.scope("knowledge:read", _("Read knowledge and check replies"))
    apikit.scope("knowledge:write", _("Change knowledge"))


def _permissions() -> None:
    permissions.register("knowledge.read", label=_("Read knowledge"), roles=INSIDE)
    permissions.register(
        "knowledge.write",
        label=_("Draft articles and propose changes"),
        roles={"agent", "supervisor", "reviewer", "back_office"},
    )
    permissions.register(
        "knowledge.publish",
        label=_("Publish articles, keep wordings, templates and words to avoid"),
        roles={"supervisor", "reviewer", "chief"},
    )


def _frame() -> None:
    frame.public("help", _("Help"), "knowledge:help", "life-buoy", order=10)
    frame.rail(
        "knowledge",
        _("Knowledge"),
        "knowledge:articles",
        "book-open",
        "knowledge.read",
        order=70,
        badge=_to_look_at,
    )
    for order, (code, label, icon, help_text) in enumerate(
        (
            ("templates", _("Templates"), "text-quote", _("Ready texts for greetings, answers and thanks")),
            ("wordings", _("Official wordings"), "megaphone", _("One voice: how we say what is often asked")),
            ("phrases", _("Reply check"), "spell-check", _("Words to avoid, words of ours, and what to say")),
        ),
        start=40,
    ):
        frame.setting(
            f"knowledge-{code}",
            label,
            f"knowledge:{code}",
            icon,
            "knowledge.publish",
            order=order,
            help=help_text,
        )
    frame.palette(
        _("Write an article"),
        "knowledge:new",
        "new article faq",
        icon="file-plus",
        permission="knowledge.write",
    )


def _to_look_at(actor: Actor) -> Counted | None:
    """The actor's own articles whose day of review has come."""
    if actor.user_id is None:
        return None
    return queries.due_of(actor.user_id, timezone.localdate(now()))


def _settings() -> None:
    _machine()
    group = _("Knowledge")
    setting(
        "knowledge.review_days",
        180,
        label=_("Look at an article again after … days"),
        help=_("What a new article's day of review is set to."),
        group=group,
        minimum=7,
        maximum=730,
    )
    setting(
        "knowledge.draft_after",
        3,
        label=_("A search without an answer becomes a draft after … times"),
        help=_("0: never. Asking twice within half a day counts once."),
        group=group,
        minimum=0,
        maximum=1000,
    )


def _machine() -> None:
    group = _("Language model")
    setting(
        "machine.on",
        False,
        label=_("Offer drafts, summaries and categories by a language model"),
        help=_("A person reads everything over: nothing it writes is ever sent by itself."),
        group=group,
    )
    setting(
        "machine.address",
        "",
        label=_("Address of the model (OpenAI-compatible)"),
        help=_("For example http://localhost:8080/v1. A key goes into the environment: SHOUWEN_MACHINE_KEY."),
        group=group,
        pattern=r"(?:https?://[^\s]{3,300})?",
    )
    setting("machine.model", "default", label=_("Name of the model"), group=group)
    setting(
        "machine.mask",
        True,
        label=_("Hide names, numbers and addresses from the model"),
        help=_("They are replaced by marks before anything is sent, and put back in the answer."),
        group=group,
    )
