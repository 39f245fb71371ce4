"""Articles: which exist for whom, one of them, lists."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.knowledge import policies
from shouwen.knowledge.models import (
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
)
from shouwen.knowledge.rules import frequent
from shouwen.people import queries as people
from shouwen.platform import db, search
from shouwen.platform.access import Actor
from shouwen.platform.ledger import describe
from shouwen.platform.ledger import queries as ledger
from shouwen.platform.waiting import Counted

ORDER = ("-updated_at", "-id")
NO_ARTICLE = _("There is no such article.")
Row = TypeVar("Row", bound=Model)


def visible_to(actor: Actor) -> QuerySet[Article]:
    """All for who writes; published ones for who reads; published public ones for everybody else."""
    if actor.is_system or policies.may_write(actor):
        return Article.objects.all()
    published = Article.objects.filter(state=State.PUBLISHED)
    return published if policies.may_read(actor) else published.filter(audience=Audience.PUBLIC)


def one(rows: QuerySet[Row], sentence: object) -> Row:
    found = rows.first()
    if found is None:
        raise NotFound(sentence)
    return found


def get(article_id: int, actor: Actor) -> Article:
    return one(visible_to(actor).select_related("owner", "original").filter(pk=article_id), NO_ARTICLE)


def locked(article_id: int) -> Article:
    return one(Article.objects.select_for_update().filter(pk=article_id), NO_ARTICLE)


def listed(
    actor: Actor,
    *,
    state: str = "",
    category: str = "",
    language: str = "",
    audience: str = "",
    owner_id: int | None = None,
    due_on: date | None = None,
    ids: Iterable[int] | None = None,
) -> QuerySet[Article]:
    """Articles by what a filter names, the latest change first. `due_on`: those to be looked at by that day."""
    wanted = {"category": category, "language": language, "audience": audience, "owner_id": owner_id}
    rows = visible_to(actor).filter(**{name: value for name, value in wanted.items() if value})
    rows = rows.filter(state=state) if state else rows.exclude(state=State.RETIRED)
    if due_on is not None:
        rows = rows.filter(state=State.PUBLISHED, review_on__lte=due_on)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return rows.select_related("owner").order_by(*ORDER)


def categories() -> list[str]:
    rows = Article.objects.exclude(category="").exclude(state=State.RETIRED)
    return list(rows.values_list("category", flat=True).distinct().order_by("category")[:200])


TO_REVIEW = db.Read(
    lambda staff, on: Article.objects.filter(
        owner_id=staff, state=State.PUBLISHED, review_on__lte=on
    ).values_list("pk")[:100]
)


def due_of(staff_id: int, on: date) -> Counted:
    """How many of a person's articles are to be looked at again by a day; a hundred at most."""
    return Counted(((TO_REVIEW, {"staff": staff_id, "on": on}),))


def due(on: date, *, limit: int = 20) -> list[Article]:
    rows = Article.objects.filter(state=State.PUBLISHED, review_on__lte=on)
    return list(rows.select_related("owner").order_by("review_on", "id")[:limit])


def owned_by(staff_id: int, *, limit: int = 20) -> list[Article]:
    rows = Article.objects.filter(owner_id=staff_id).exclude(state=State.RETIRED)
    return list(rows.order_by(*ORDER)[:limit])


def versions_of(article_id: int) -> list[ArticleVersion]:
    """All, the newest first."""
    return list(ArticleVersion.objects.filter(article_id=article_id).order_by("-number"))


def version(article_id: int, number: int) -> ArticleVersion:
    rows = ArticleVersion.objects.filter(article_id=article_id, number=number)
    return one(rows, _("There is no such version."))


def proposals_of(article_id: int) -> list[ArticleVersion]:
    """Changes that wait for a decision, in the order they came."""
    rows = ArticleVersion.objects.filter(article_id=article_id, state=VersionState.PROPOSED)
    return list(rows.order_by("number"))


def proposals(*, limit: int = 20) -> list[ArticleVersion]:
    rows = ArticleVersion.objects.filter(state=VersionState.PROPOSED).select_related("article")
    return list(rows.order_by("at")[:limit])


def translations_of(article: Article, actor: Actor) -> list[Article]:
    """The same thing in other languages."""
    root = article.original_id or article.pk
    rows = visible_to(actor).filter(Q(pk=root) | Q(original_id=root)).exclude(pk=article.pk)
    return list(rows.exclude(state=State.RETIRED).order_by("language", "id"))


def vote_of(article_id: int, user_id: int | None) -> ArticleVote | None:
    return ArticleVote.objects.filter(article_id=article_id, user_id=user_id or 0).first()


def complaints_of(article_id: int, *, limit: int = 10) -> list[ArticleVote]:
    """What readers did not find, the latest first."""
    rows = ArticleVote.objects.filter(article_id=article_id, helpful=False).exclude(missing="")
    return list(rows.order_by("-at")[:limit])


def files_of(article_id: int) -> list[ArticleFile]:
    return list(ArticleFile.objects.filter(article_id=article_id).select_related("file").order_by("id"))


def misses(*, limit: int = 10) -> list[SearchMiss]:
    """Searches nobody has answered, the most frequent first."""
    rows = SearchMiss.objects.filter(settled_at__isnull=True)
    return list(rows.order_by("-count", "-last_at")[:limit])


def miss(miss_id: int) -> SearchMiss:
    return one(SearchMiss.objects.filter(pk=miss_id), _("There is no such search."))


def owner_choices() -> list[tuple[int, str]]:
    return [(staff.pk, staff.name) for staff in people.active_staff()]


def state_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in State.choices]


def audience_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Audience.choices]


def language_choices() -> list[tuple[str, str]]:
    names = {"zh-hans": "中文", "en": "English"}
    return [(code, names[code]) for code in LANGUAGES]


def history(subject: tuple[str, int], *, limit: int = 20) -> list[dict[str, object]]:
    """The newest events of an article, template or wording, as a page shows them."""
    rows = ledger.timeline(subject, limit=limit, newest=True)
    return [
        {
            "text": describe.say(row.name, row.data),
            "at": row.at,
            "by": "" if row.by_kind == "system" else row.by_name,
        }
        for row in rows
    ]


def search_doc(article_id: int) -> search.Doc | None:
    found = Article.objects.filter(pk=article_id).exclude(state=State.RETIRED).first()
    if found is None:
        return None
    return search.Doc(title=f"{found.title} {found.keywords}", body=f"{found.category}\n{found.body}")


def duplicates_of(article: Article, actor: Actor, *, limit: int = 4) -> list[Article]:
    """Others of the same language whose title asks much the same."""
    title = frequent.words(article.title)
    rows = visible_to(actor).filter(language=article.language).exclude(pk=article.pk)
    holding = ArticleTerm.objects.filter(term__in=title).values("article")
    near = rows.exclude(state=State.RETIRED).filter(pk__in=holding)[:200]
    like = [(frequent.alike(title, frequent.words(each.title)), each) for each in near]
    found = sorted(
        (pair for pair in like if pair[0] >= frequent.ALIKE), key=lambda pair: (-pair[0], pair[1].pk)
    )
    return [each for _share, each in found[:limit]]


def uses_of(article_id: int, kind: str = "case", *, limit: int = 20) -> list[int]:
    """Ids of the subjects of a kind that the article answered, the newest first."""
    rows = ArticleUse.objects.filter(article_id=article_id, subject_kind=kind).order_by("-at", "-id")
    return list(rows.values_list("subject_id", flat=True)[:limit])


def articles_used_in(subject: tuple[str, int]) -> set[int]:
    rows = ArticleUse.objects.filter(subject_kind=subject[0], subject_id=subject[1])
    return set(rows.values_list("article_id", flat=True))
