"""Articles are drafted and changed; a change by who may not publish waits as a proposal."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.knowledge import policies, queries
from shouwen.knowledge.events import ArticleChanged, ArticleDrafted, ChangeProposed
from shouwen.knowledge.models import (
    LANGUAGES,
    Article,
    ArticleFile,
    ArticleVersion,
    Audience,
    State,
    VersionState,
)
from shouwen.knowledge.rules import keeping
from shouwen.knowledge.services.terms import write_terms
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.files import services as files
from shouwen.platform.ledger import bus

Uploads = Sequence[tuple[str, bytes | IO[bytes]]]
KEEPING = ("audience", "category", "language", "owner_id", "review_on", "original_id")


@transaction.atomic
def draft(
    *,
    title: str,
    body: str = "",
    at: datetime,
    by: Actor,
    keywords: str = "",
    category: str = "",
    language: str = "zh-hans",
    audience: str = Audience.STAFF,
    owner_id: int | None = None,
    review_on: date | None = None,
    original_id: int | None = None,
    miss_id: int | None = None,
    uploads: Uploads = (),
) -> Article:
    """A new article, not yet live. Without an owner it belongs to who wrote it."""
    ensure(policies.may_write, by)
    keeping.check_text(title, body)
    if owner_id is None and people.is_staff(by.user_id):
        owner_id = by.user_id
    kept = {"audience": audience, "category": category.strip(), "language": language, "owner_id": owner_id}
    _check_keeping({**kept, "original_id": original_id})
    article = Article.objects.create(
        title=title.strip(),
        body=body,
        keywords=keywords.strip()[:300],
        review_on=review_on,
        original_id=original_id,
        created_at=at,
        updated_at=at,
        **kept,
    )
    if uploads:
        article.body = _with_files(article, body, uploads, at)
        article.save(update_fields=["body"])
    _keep_version(article, number=1, at=at, by=by)
    write_terms(article)
    if miss_id is not None:
        _answer_miss(miss_id, article, at)
    bus.announce(
        ArticleDrafted(article_id=article.pk, title=article.title), subjects=[article.subject], by=by, at=at
    )
    return article


@transaction.atomic
def change(
    *,
    article_id: int,
    version: int,
    title: str,
    body: str,
    at: datetime,
    by: Actor,
    keywords: str = "",
    note: str = "",
    keep: dict[str, Any] | None = None,
    uploads: Uploads = (),
) -> ArticleVersion:
    """A new text, and by `keep` who keeps it for whom (audience, category, language, owner_id, review_on).

    Live at once for who may publish, and for every writer of a draft; else a proposal, and `keep` is not
    touched. `version` is the one the writer had before them: Refused when another one came in between.
    """
    article = queries.locked(article_id)
    ensure(policies.may_write, by, article)
    keeping.check_text(title, body)
    if article.state == State.RETIRED:
        raise Refused(_("This article is retired. Bring it back first."))
    _must_be_current(article, version)
    live = policies.changes_live(by, article) or by.is_system
    body = _with_files(article, body, uploads, at)
    wanted = {"title": title.strip(), "body": body, "keywords": keywords.strip()[:300]}
    textual = {name: value for name, value in wanted.items() if getattr(article, name) != value}
    if not live:
        if not textual:
            raise Refused(_("Nothing has changed."))
        return _propose(article, wanted, note=note, at=at, by=by)
    before = _put(article, {**textual, **_kept(article, keep or {})}, at)
    if not before:
        return queries.version(article.pk, article.version)
    if textual:
        article.version = next_number(article)
        _keep_version(article, number=article.version, note=note, at=at, by=by)
    article.save()
    write_terms(article)
    plain = {name: str(value) for name, value in before.items() if name != "body"}
    bus.announce(
        ArticleChanged(article_id=article.pk, version=article.version, note=note.strip()[:200]),
        subjects=[article.subject],
        by=by,
        at=at,
        before=plain,
        after={name: str(getattr(article, name)) for name in plain},
    )
    return queries.version(article.pk, article.version)


def next_number(article: Article) -> int:
    last = ArticleVersion.objects.filter(article=article).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _with_files(article: Article, body: str, uploads: Uploads, at: datetime) -> str:
    """Keep files beside the article; pictures are shown at the end of its text, other files linked there."""
    for name, content in uploads:
        stored = files.store(name=name, content=content, at=at)
        ArticleFile.objects.create(article=article, file=stored, at=at)
        words = re.sub(r"[\[\]\n]", " ", stored.name)
        sign = "!" if stored.content_type.startswith("image/") and stored.safe_inline else ""
        body = f"{body.rstrip()}\n\n{sign}[{words}](file:{stored.pk})\n"
    return body


def _propose(
    article: Article, wanted: dict[str, str], *, note: str, at: datetime, by: Actor
) -> ArticleVersion:
    made = ArticleVersion.objects.create(
        article=article,
        number=next_number(article),
        note=note.strip()[:200],
        state=VersionState.PROPOSED,
        by_id=by.user_id,
        by_name=by.name[:80],
        at=at,
        **wanted,
    )
    bus.announce(
        ChangeProposed(article_id=article.pk, version=made.number, note=made.note),
        subjects=[article.subject],
        by=by,
        at=at,
    )
    return made


def _keep_version(article: Article, *, number: int, at: datetime, by: Actor, note: str = "") -> None:
    ArticleVersion.objects.create(
        article=article,
        number=number,
        title=article.title,
        body=article.body,
        keywords=article.keywords,
        note=note.strip()[:200],
        by_id=by.user_id,
        by_name=by.name[:80],
        at=at,
    )


def _kept(article: Article, keep: dict[str, Any]) -> dict[str, Any]:
    unknown = set(keep) - set(KEEPING)
    if unknown:
        raise Invalid(_("This cannot be changed here."), field=min(unknown))
    changed = {name: value for name, value in keep.items() if getattr(article, name) != value}
    _check_keeping({name: value for name, value in changed.items() if name != "review_on"}, of=article)
    if article.state == State.PUBLISHED and {"owner_id", "review_on"} & set(changed):
        if "review_on" in changed and changed["review_on"] is None:
            raise Invalid(
                _("A published article needs a day on which it is looked at again."), field="review_on"
            )
        if "owner_id" in changed and changed["owner_id"] is None:
            raise Invalid(_("Say who keeps this article right."), field="owner")
    return changed


def _check_keeping(values: dict[str, Any], of: Article | None = None) -> None:
    if values.get("audience", Audience.STAFF) not in Audience.values:
        raise Invalid(_("Choose who may read it."), field="audience")
    if values.get("language", "en") not in LANGUAGES:
        raise Invalid(_("Choose a language."), field="language")
    if len(values.get("category") or "") > 60:
        raise Invalid(_("A category has at most 60 characters."), field="category")
    owner_id = values.get("owner_id")
    if owner_id is not None and not people.is_staff(owner_id):
        raise Invalid(_("Choose a colleague."), field="owner")
    original_id = values.get("original_id")
    if original_id is not None:
        original = queries.one(Article.objects.filter(pk=original_id), _("There is no such article."))
        if original.original_id is not None or (of is not None and original.pk == of.pk):
            raise Invalid(_("Choose the article this one translates."), field="original")


def _put(article: Article, values: dict[str, Any], at: datetime) -> dict[str, Any]:
    before = {name: getattr(article, name) for name in values}
    for name, value in values.items():
        setattr(article, name, value)
    if before:
        article.updated_at = at
    return before


def _must_be_current(article: Article, version: int) -> None:
    if version == article.version:
        return
    last = queries.version(article.pk, article.version)
    raise Refused(
        _("%(name)s has saved another version meanwhile. Open it, then put your change in again.")
        % {"name": last.by_name or "–"}
    )


def _answer_miss(miss_id: int, article: Article, at: datetime) -> None:
    found = queries.miss(miss_id)
    found.article, found.settled_at = article, at
    found.save(update_fields=["article", "settled_at"])
