"""Articles that became one."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.knowledge.models import Article, ArticleMerge
from shouwen.knowledge.queries.articles import one


def merge(merge_id: int) -> ArticleMerge:
    return one(ArticleMerge.objects.filter(pk=merge_id), _("There is no such merge."))


def locked_merge(merge_id: int) -> ArticleMerge:
    return one(ArticleMerge.objects.select_for_update().filter(pk=merge_id), _("There is no such merge."))


def merges_of(article_id: int) -> list[ArticleMerge]:
    """Merges still in force in which this article stayed or went, the newest first."""
    rows = ArticleMerge.objects.filter(
        Q(stays_id=article_id) | Q(goes_id=article_id), undone_at__isnull=True, left_at__isnull=True
    )
    return list(rows.select_related("stays", "goes").order_by("-at", "-id"))


def words_merged_into(article_id: int, *, but: int) -> list[str]:
    """The titles and words of all the other articles that are merged into this one."""
    rows = Article.objects.filter(merged_into_id=article_id).exclude(pk=but)
    return [f"{title} {keywords}" for title, keywords in rows.values_list("title", "keywords")]
