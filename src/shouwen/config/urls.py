"""Addresses of the whole house. Each room's own stand in its web/urls.py."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, re_path

from shouwen.config import settings, views
from shouwen.config.segments import by_segment
from shouwen.platform.apikit.api import build, unknown

handler404 = "shouwen.platform.web.faults.not_found"
handler400 = "shouwen.platform.web.faults.bad_request"
handler500 = "shouwen.platform.web.faults.broken"

api = build()
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("health/alive/", views.alive, name="alive"),
    path("health/ready", views.health, name="health-ready"),
    path("health/live", views.alive, name="health-live"),
    path("metrics", views.metrics, name="metrics-plain"),
    path("metrics/", views.metrics, name="metrics"),
    path("api/v1/docs", views.api_docs, name="api-docs"),
    by_segment("api/v1/", api.urls),
    re_path(r"^api/(?P<rest>.*)$", unknown),
    # an administrator sets a forgotten password: the sign-in package would send mail past our own mailboxes
    re_path(r"^accounts/(?:password/reset|email|confirm-email)/", views.absent),
    path("accounts/", include("allauth.urls")),
]
for room in settings.ROOMS:
    if find_spec(f"{room}.web") and find_spec(f"{room}.web.urls"):
        urlpatterns.append(by_segment("", include(import_module(f"{room}.web.urls"))))
