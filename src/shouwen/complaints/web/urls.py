"""Addresses of complaints: nouns, with sub-resources for verbs."""

from django.urls import path

from shouwen.complaints.web import analysis, forms, pages, setup
from shouwen.complaints.web.deeds import DEEDS

app_name = "complaints"
urlpatterns = [
    path("complaints/", pages.listed, name="list"),
    path("complaints/approvals/", pages.approvals, name="approvals"),
    path("complaints/ledger/", pages.ledger, name="ledger"),
    path("complaints/analysis/", analysis.overview, name="analysis"),
    path("complaints/lists/", analysis.uploading, name="lists"),
    path("complaints/lists/<int:list_id>/removal/", analysis.removal, name="list-removal"),
    path("complaints/lists/<str:token>/mapping/", analysis.mapping, name="list-mapping"),
    path("settings/complaints/", setup.setup, name="setup"),
    *(setup.pattern(setting) for setting in setup.SETTINGS),
    path("complaints/<str:ref>/", pages.complaint, name="complaint"),
    path("complaints/<str:ref>/record/", pages.the_record, name="record"),
    *(forms.pattern(deed) for deed in DEEDS),
]
