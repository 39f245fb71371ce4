"""How a due time came about, step by step."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shouwen.platform.access import actor_of, now, staff_only
from shouwen.platform.web import page
from shouwen.promises import queries, subjects


@require_safe
@staff_only
def explanation(request: HttpRequest, clock_id: int) -> HttpResponse:
    actor, at = actor_of(request), now()
    clock = queries.clock(clock_id, actor)
    context = {
        "clock": clock,
        "about": subjects.lines([clock.subject], actor)[clock.subject],
        "label": queries.sort_label(clock.sort),
        "state": queries.clock_state_label(clock.state),
        "tone": queries.CLOCK_TONES[clock.state],
        "reading": queries.explain(clock, at),
        "forecast": queries.forecast(clock, at),
        "pauses": list(clock.pauses.all()),
        "used": queries.span_text(queries.used(clock, at)),
        "standard": queries.standard_words(clock.standard),
        "target": queries.span_text(clock.target_seconds),
        "span_text": queries.span_text,
        "reasons": queries.REASONS,
        "pause_words": queries.PAUSES,
        "calendar": queries.working(clock.calendar_id),
    }
    return page(request, "promises/clock.html", "clock", context)
