"""The words of an article, written with its text in one transaction."""

from shouwen.knowledge.models import Article, ArticleTerm
from shouwen.knowledge.rules import markup, ranking


def write_terms(article: Article) -> None:
    """Replace the words suggestions find the article by. A retired one has none."""
    ArticleTerm.objects.filter(article=article).delete()
    if article.state == "retired":
        return
    weights = ranking.weights(
        article.title, f"{article.keywords} {article.category}", markup.to_text(article.body)
    )
    ArticleTerm.objects.bulk_create(
        [ArticleTerm(article=article, term=term, weight=weight) for term, weight in weights.items()]
    )
