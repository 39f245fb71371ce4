"""Addresses of the room."""

from django.urls import path

from shouwen.promises.web import (
    authority,
    calendars,
    catalogue,
    clocks,
    ledger,
    notices,
    settling,
    standards,
    statutory,
    teams,
)

app_name = "promises"
urlpatterns = [
    path("promises/", ledger.board, name="board"),
    path("promises/ledger/", ledger.table, name="ledger"),
    path("promises/rates/", ledger.rates, name="rates"),
    path("promises/clocks/<int:clock_id>/", clocks.explanation, name="clock"),
    path("promises/statutory/<int:clock_id>/", statutory.one, name="statutory"),
    path("promises/statutory/<int:clock_id>/extension/", statutory.extension, name="statutory-extension"),
    path("promises/<int:promise_id>/", ledger.one, name="one"),
    path("promises/<int:promise_id>/keeping/", settling.keeping, name="keeping"),
    path("promises/<int:promise_id>/renegotiation/", settling.renegotiation, name="renegotiation"),
    path("promises/<int:promise_id>/withdrawal/", settling.withdrawal, name="withdrawal"),
    path("promises/<int:promise_id>/explanation/", settling.explanation, name="explanation"),
    path("settings/calendars/", calendars.listed, name="calendars"),
    path("settings/calendars/new/", calendars.new, name="new-calendar"),
    path("settings/calendars/<int:calendar_id>/", calendars.one, name="calendar"),
    path("settings/calendars/<int:calendar_id>/due/", calendars.due, name="calendar-due"),
    path("settings/teams/<int:team_id>/calendar/", teams.team_calendar, name="team-calendar"),
    path("settings/official-days/", notices.years, name="official-days"),
    path("settings/official-days/import/", notices.importing, name="import-notice"),
    path("settings/official-days/<int:year>/", notices.year, name="official-year"),
    path("settings/service-items/", catalogue.listed, name="items"),
    path("settings/service-items/new/", catalogue.new, name="new-item"),
    path("settings/service-items/<int:item_id>/", catalogue.one, name="item"),
    path("settings/service-standards/", standards.listed, name="standards"),
    path("settings/service-standards/new/", standards.new, name="new-standard"),
    path("settings/service-standards/<int:standard_id>/end/", standards.end, name="end-standard"),
    path("settings/promise-kinds/", authority.listed, name="promise-kinds"),
    path("settings/promise-kinds/<slug:work>/", authority.one, name="promise-kind"),
    path("settings/statutory-limits/", statutory.listed, name="statutory-templates"),
    path("settings/statutory-limits/new/", statutory.new, name="new-statutory"),
    path("settings/statutory-limits/<int:template_id>/end/", statutory.end, name="end-statutory"),
]
