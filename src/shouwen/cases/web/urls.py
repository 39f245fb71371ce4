"""Addresses of the room: nouns, with sub-resources for verbs. One folder per kind of page."""

from shouwen.cases.web.contact.urls import urlpatterns as contact
from shouwen.cases.web.portal.urls import urlpatterns as portal
from shouwen.cases.web.team.urls import urlpatterns as team
from shouwen.cases.web.workbench.urls import urlpatterns as workbench

app_name = "cases"
urlpatterns = [*workbench, *contact, *portal, *team]
