from django.urls import path

from shouwen.channels.vendors.desk.web import counter, hall, settings

_VISIT = "counter/<int:visit_id>/"
_HALL = "settings/halls/<int:hall_id>/"
urlpatterns = [
    path("hall/<str:key>/", hall.tablet, name="hall"),
    path("hall/<str:key>/screen/", hall.screen, name="hall-screen"),
    path("ticket/<str:token>/", hall.ticket, name="ticket"),
    path("ticket/<str:token>/code.svg", hall.code, name="ticket-code"),
    path("counter/", counter.index, name="counter"),
    path("counter/place/", counter.place, name="counter-place"),
    path("counter/next/", counter.following, name="counter-next"),
    path("counter/visits/", counter.visits, name="visits"),
    path(f"{_VISIT}call/", counter.call, name="visit-call"),
    path(f"{_VISIT}service/", counter.service, name="visit-service"),
    path(f"{_VISIT}absence/", counter.absence, name="visit-absence"),
    path(f"{_VISIT}return/", counter.give_back, name="visit-return"),
    path(f"{_VISIT}transfer/", counter.transfer, name="visit-transfer"),
    path(f"{_VISIT}end/", counter.end, name="visit-end"),
    path("settings/halls/", settings.index, name="halls"),
    path(_HALL, settings.hall, name="hall-settings"),
    path(f"{_HALL}matters/", settings.matter, name="hall-matter"),
    path(f"{_HALL}counters/", settings.counter, name="hall-counter"),
    path(f"{_HALL}matters/<int:pk>/removal/", settings.matter_removal, name="hall-matter-removal"),
    path(f"{_HALL}counters/<int:pk>/removal/", settings.counter_removal, name="hall-counter-removal"),
]
