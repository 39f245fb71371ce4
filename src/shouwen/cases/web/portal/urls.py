from django.urls import URLPattern, path

from shouwen.cases.web.portal import requests, signing_in

urlpatterns: list[URLPattern] = [
    path("portal/", signing_in.home, name="portal"),
    path("portal/codes/", signing_in.codes, name="portal-codes"),
    path("portal/code/", signing_in.code, name="portal-code"),
    path("portal/leaving/", signing_in.leaving, name="portal-leaving"),
    path("portal/requests/<str:ref>/", requests.one, name="portal-request"),
    path("portal/requests/<str:ref>/answer/", requests.answer, name="portal-answer"),
    path("portal/requests/<str:ref>/messages/", requests.message, name="portal-message"),
    path("portal/requests/<str:ref>/understanding/", requests.understanding, name="portal-understanding"),
    path("portal/requests/<str:ref>/praise/", requests.praise, name="portal-praise"),
]
