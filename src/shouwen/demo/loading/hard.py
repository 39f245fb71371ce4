"""Threats and abuse in the demonstration company, by the services that its people would use."""

from datetime import datetime, timedelta

from shouwen.complaints import services
from shouwen.complaints.queries import threats
from shouwen.demo.loading.stories import Story
from shouwen.demo.loading.structure import World
from shouwen.demo.texts import hard as texts
from shouwen.platform.access import Actor
from shouwen.platform.access.middleware import actor_from_user

STEP = timedelta(minutes=6)
LONG_ENOUGH = timedelta(hours=2)
BOSS = "shen"


def write(stories: list[Story], world: World, at: datetime) -> None:
    """On repairs that nobody has called a complaint: hard contacts come anywhere."""
    boss = actor_from_user(world.staff[BOSS].user)
    used: set[int] = set()
    for text in texts.THREATS:
        moment = at - timedelta(days=text.days, hours=1)
        _threat(_story(stories, moment, used), text, world, moment)
    for told in texts.ABUSES:
        moment = at - timedelta(minutes=50)
        _abuse(_story(stories, moment, used), told, boss, moment)


def _story(stories: list[Story], moment: datetime, used: set[int]) -> Story:
    """The last repair that had been on its way for a while at that moment, each once."""
    fit = (
        one
        for one in reversed(stories)
        if one.owner is not None and one.plot.kind == "repair" and one.opened_at < moment - LONG_ENOUGH
    )
    found = next(one for one in fit if one.case.pk not in used)
    used.add(found.case.pk)
    return found


def _by(story: Story) -> Actor:
    assert story.owner is not None
    return actor_from_user(story.owner.user)


def _threat(story: Story, text: texts.Threat, world: World, moment: datetime) -> None:
    by, boss = _by(story), actor_from_user(world.staff[BOSS].user)
    made = services.register_threat(
        case_id=story.case.pk,
        kind=text.kind,
        who=text.who,
        words=text.words,
        held=text.held,
        place=text.place,
        happened_at=moment,
        at=moment,
        by=by,
    )
    told = threats.told_ids(made.pk)
    if boss.user_id not in told:
        boss = next(actor_from_user(one.user) for one in world.staff.values() if one.pk == told[0])
    services.acknowledge_threat(threat_id=made.pk, at=moment + STEP, by=boss)
    for number, (sort, words) in enumerate(text.steps, start=2):
        services.add_threat_step(threat_id=made.pk, sort=sort, text=words, at=moment + number * STEP, by=by)
    if text.asks is not None:
        title, remedy, amount = text.asks
        done = moment + 5 * STEP
        services.ask_on_site(threat_id=made.pk, remedy=remedy, title=title, amount=amount, at=done, by=by)
    if text.outcome is not None:
        outcome, note = text.outcome
        services.end_threat(
            threat_id=made.pk, outcome=outcome, note=note, at=moment + timedelta(days=1), by=boss
        )


def _abuse(story: Story, text: texts.Abuse, boss: Actor, moment: datetime) -> None:
    by = _by(story)
    for number, (step, words, told) in enumerate(
        zip(("notice", "warning"), text.words, text.told, strict=False)
    ):
        made = services.record_abuse(
            case_id=story.case.pk,
            step=step,
            way="call" if len(text.words) > 1 else "counter",
            words=words,
            told=told,
            at=moment + number * STEP,
            by=by,
        )
    if text.objection:
        services.object_to_abuse(record_id=made.pk, text=text.objection, at=moment + 2 * STEP, by=by)
    if text.verdict is not None:
        verdict, why = text.verdict
        services.review_abuse(record_id=made.pk, verdict=verdict, why=why, at=moment + 4 * STEP, by=boss)
