"""Addresses of complaints: nouns, with sub-resources for verbs."""

from django.urls import path

from shouwen.complaints.web import (
    abuse,
    analysis,
    case_grants,
    forms,
    library,
    pages,
    setup,
    threat_setup,
    threats,
)
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
    path("complaints/library/", library.listed, name="library"),
    path("complaints/library/new/", library.new, name="library-new"),
    path("complaints/library/<int:entry_id>/", library.entry, name="library-entry"),
    path("complaints/library/<int:entry_id>/edit/", library.edit, name="library-edit"),
    path("complaints/library/<int:entry_id>/publication/", library.publication, name="library-publication"),
    path("complaints/library/<int:entry_id>/withdrawal/", library.withdrawal, name="library-withdrawal"),
    path("complaints/library/<int:entry_id>/answers/", library.answers, name="library-answers"),
    path("complaints/library/<int:entry_id>/answers/<int:number>/", library.answer, name="library-answer"),
    *threats.urlpatterns,
    *abuse.urlpatterns,
    *threat_setup.urlpatterns,
    path("settings/complaints/", setup.setup, name="setup"),
    *(setup.pattern(setting) for setting in setup.SETTINGS),
    path("cases/<str:ref>/authority/", case_grants.authority, name="case-authority"),
    path("cases/<str:ref>/authority/<int:approval_id>/word/", case_grants.word, name="case-word"),
    path("cases/<str:ref>/grants/<int:grant_id>/", case_grants.grant, name="case-grant"),
    path("complaints/<str:ref>/", pages.complaint, name="complaint"),
    path("complaints/<str:ref>/library-entry/", library.from_complaint, name="library-from"),
    path("complaints/<str:ref>/record/", pages.the_record, name="record"),
    *(forms.pattern(deed) for deed in DEEDS),
]
