"""What the reply check still found in sent replies, month by month and team by team (KNO-3)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from shouwen.knowledge.models import CheckTally
from shouwen.knowledge.queries.checking import SORTS
from shouwen.knowledge.rules import months
from shouwen.people import queries as people

WORST = 3


@dataclass(frozen=True)
class TeamFigure:
    """One team in one month. `per_reply` is remarks a reply, 0 upwards; None without replies."""

    team_id: int
    name: str
    replies: int
    remarks: int
    worst: list[tuple[str, str, int]]
    """(sort, label, how many), the most frequent first."""
    before: float | None
    """Remarks a reply in the month before."""

    @property
    def per_reply(self) -> float | None:
        return self.remarks / self.replies if self.replies else None

    @property
    def change(self) -> float | None:
        """How much more (or less) was left in a reply than the month before."""
        now = self.per_reply
        return None if now is None or self.before is None else now - self.before


def team_figures(month: date) -> list[TeamFigure]:
    """Every team that answered in the month, the one with most remarks a reply first. Two queries."""
    now, earlier = _counted(month), _counted(months.before(month))
    names = {team.pk: team.name for team in people.teams(active_only=False)} if now else {}
    made = [
        _figure(team_id, names.get(team_id, _("No team")), sums, earlier) for team_id, sums in now.items()
    ]
    return sorted(made, key=lambda one: (-(one.per_reply or 0), one.name))


def _counted(month: date) -> dict[int, dict[str, int]]:
    """team → sort → how many; the sort "" holds the replies."""
    last = months.next_after(month) - timedelta(days=1)
    rows = CheckTally.objects.filter(day__gte=month, day__lte=last).values("team_id", "sort")
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows.annotate(n=Sum("found")).order_by("team_id", "sort"):
        found[row["team_id"]][row["sort"]] = row["n"]
    return {team_id: sums for team_id, sums in found.items() if sums.get("")}


def _figure(
    team_id: int, name: str, sums: Mapping[str, int], earlier: Mapping[int, Mapping[str, int]]
) -> TeamFigure:
    sorts = sorted(((sort, n) for sort, n in sums.items() if sort and n), key=lambda pair: -pair[1])
    then = earlier.get(team_id)
    return TeamFigure(
        team_id, name, sums[""], sum(n for _sort, n in sorts),
        [(sort, str(SORTS.get(sort, sort)), n) for sort, n in sorts],
        sum(n for sort, n in then.items() if sort) / then[""] if then else None,
    )  # fmt: skip


def figure_as_plain(figure: TeamFigure) -> dict[str, Any]:
    """For JSON."""
    return {
        "team_id": figure.team_id or None,
        "team": figure.name,
        "replies": figure.replies,
        "remarks": figure.remarks,
        "per_reply": figure.per_reply,
        "per_reply_month_before": figure.before,
        "by_sort": {sort: count for sort, _label, count in figure.worst},
    }
