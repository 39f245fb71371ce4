"""What the demonstration company knows: articles, official wordings, templates, and the use people made of them."""

from datetime import datetime, timedelta

from django.utils import timezone

from shouwen.demo.dice import Dice
from shouwen.demo.loading.stories import Story
from shouwen.demo.loading.structure import World
from shouwen.demo.texts.articles import ARTICLES, SEARCHES, TEMPLATES, WORDINGS, Written
from shouwen.knowledge import queries, services
from shouwen.knowledge.models import Article, ArticleVote, SearchMiss
from shouwen.knowledge.rules.keeping import fold_question
from shouwen.people.models import Staff
from shouwen.platform.access import SYSTEM
from shouwen.platform.search.services import put, words_of

POINTED = 0.35  # of the fitting answers name an article


def build(world: World, at: datetime, dice: Dice) -> dict[str, Article]:
    """Everything that is written, by title."""
    made: dict[str, Article] = {}
    for number, text in enumerate(ARTICLES):
        made[text.title] = _article(text, made, world, at - timedelta(days=85 - number % 40))
    _votes(made, world, at, dice)
    for topic, text_, basis, days, before in WORDINGS:
        _wording(topic, text_, basis, days, before, at)
    for name, sort, body, channel, team in TEMPLATES:
        team_id = world.teams[team].pk
        services.save_template(
            name=name, sort=sort, body=body, channel=channel, team_id=team_id, at=at, by=SYSTEM
        )
    SearchMiss.objects.bulk_create(
        [
            SearchMiss(words=words, key=fold_question(words), count=n, first_at=at, last_at=at)
            for words, n in SEARCHES
        ]
    )
    docs = [(article.pk, queries.search_doc(article.pk)) for article in made.values()]
    put("article", [(pk, words_of(doc)) for pk, doc in docs if doc is not None])
    return made


def _article(text: Written, known: dict[str, Article], world: World, at: datetime) -> Article:
    original = known.get(text.translates)
    article = services.draft(
        title=text.title,
        body=text.body,
        keywords=text.keywords,
        category=text.category,
        language=text.language,
        audience="public" if text.public else "staff",
        owner_id=world.staff[text.owner].pk,
        review_on=timezone.localdate(at) + timedelta(days=200),
        original_id=original.pk if original is not None else None,
        at=at,
        by=SYSTEM,
    )
    return (
        services.publish(article_id=article.pk, at=at + timedelta(hours=2), by=SYSTEM)
        if text.live
        else article
    )


def _votes(made: dict[str, Article], world: World, at: datetime, dice: Dice) -> None:
    """What readers left: views and votes; some of the votes are colleagues' own, with what they missed."""
    readers: list[Staff] = [one for one in world.staff.values() if one.provider_id is None]
    rows = []
    for text in ARTICLES:
        article = made[text.title]
        article.views, (article.helpful, article.unhelpful) = text.views, text.votes
        if text.live:
            article.review_on = timezone.localdate(at) + timedelta(days=text.days)
        for reader in dice.sample(readers, min(3, text.votes[0])):
            rows.append(ArticleVote(article=article, user_id=reader.pk, helpful=True, at=at))
        if text.missing:
            free = next(one for one in readers if all(one.pk != row.user_id for row in rows[-3:]))
            rows.append(
                ArticleVote(article=article, user_id=free.pk, helpful=False, missing=text.missing, at=at)
            )
    Article.objects.bulk_update(made.values(), ["views", "helpful", "unhelpful", "review_on"])
    ArticleVote.objects.bulk_create(rows)


def _wording(topic: str, text: str, basis: str, days: int, before: str, at: datetime) -> None:
    today = timezone.localdate(at)
    since = today - timedelta(days=days)
    if not before:
        services.state_wording(topic=topic, text=text, basis=basis, valid_from=since, at=at, by=SYSTEM)
        return
    old = services.state_wording(
        topic=topic, text=before, valid_from=since - timedelta(days=365), at=at, by=SYSTEM
    )
    services.replace_wording(wording_id=old.pk, text=text, basis=basis, valid_from=since, at=at, by=SYSTEM)


def point_to(stories: list[Story], made: dict[str, Article], address: str, dice: Dice) -> None:
    """Some answers name the article that says more, as a person would."""
    fitting: dict[str, list[Article]] = {}
    for text in ARTICLES:
        if text.about and text.public:
            fitting.setdefault(text.about, []).append(made[text.title])
    for story in stories:
        articles = fitting.get(story.plot.subject)
        answer = next((said for said in story.said if said.direction == "outbound"), None)
        if articles and answer is not None and dice.random() < POINTED:
            article = dice.choice(articles)
            answer.text += f"\n您也可以先看看《{article.title}》：{address}/help/{article.pk}/"


def say(stories: list[Story], at: datetime) -> None:
    """A few official wordings were said word for word; who was told the old one is found by that."""
    said = {"repair": WORDINGS[0][1], "question": WORDINGS[2][1], "complaint": WORDINGS[5][1]}
    for story in [one for one in stories if one.plot.kind in said and one.case.active][:12]:
        services.record_wordings(subject=story.case.subject, text=said[story.plot.kind], at=at)
