"""Addresses of incidents: nouns, with sub-resources for verbs."""

from django.urls import path

from shouwen.incidents.web import cases, incidents, news, problem_work, problems, status

app_name = "incidents"
urlpatterns = [
    path("incidents/", incidents.listed, name="list"),
    path("incidents/new/", incidents.new, name="new"),
    path("incidents/<int:incident_id>/", incidents.one, name="one"),
    path("incidents/<int:incident_id>/details/", incidents.details, name="details"),
    path("incidents/<int:incident_id>/opening/", incidents.opening, name="opening"),
    path("incidents/<int:incident_id>/dismissal/", incidents.dismissal, name="dismissal"),
    path("incidents/<int:incident_id>/joining/", incidents.joining, name="joining"),
    path("incidents/<int:incident_id>/closing/", incidents.closing, name="closing"),
    path("incidents/<int:incident_id>/reopening/", incidents.reopening, name="reopening"),
    path("incidents/<int:incident_id>/news/", news.publish, name="news"),
    path("incidents/<int:incident_id>/restoration/", news.restore, name="restoration"),
    path("incidents/<int:incident_id>/cases/", cases.add, name="cases"),
    path("incidents/<int:incident_id>/suggestions/", cases.suggestions, name="suggestions"),
    path("incidents/<int:incident_id>/cases/<int:case_id>/link/", cases.link, name="link"),
    path("incidents/<int:incident_id>/cases/<int:case_id>/unlinking/", cases.unlink, name="unlinking"),
    path("incidents/<int:incident_id>/cases/<int:case_id>/telling/", cases.telling, name="telling"),
    path("incidents/<int:incident_id>/cases/<int:case_id>/answer/", cases.answer, name="answer"),
    path("problems/", problems.listed, name="problems"),
    path("problems/new/", problems.new, name="new-problem"),
    path("problems/search/", problems.search, name="problem-search"),
    path("problems/<int:problem_id>/", problems.one, name="problem"),
    path("problems/<int:problem_id>/details/", problems.details, name="problem-details"),
    path("problems/<int:problem_id>/taking/", problem_work.taking, name="problem-taking"),
    path("problems/<int:problem_id>/dismissal/", problem_work.dismissal, name="problem-dismissal"),
    path("problems/<int:problem_id>/whys/", problem_work.whys, name="problem-whys"),
    path("problems/<int:problem_id>/fix/", problem_work.fix, name="problem-fix"),
    path("problems/<int:problem_id>/closing/", problem_work.closing, name="problem-closing"),
    path("problems/<int:problem_id>/reopening/", problem_work.reopening, name="problem-reopening"),
    path("problems/<int:problem_id>/cases/", problem_work.add_case, name="problem-cases"),
    path(
        "problems/<int:problem_id>/cases/<int:case_id>/removal/",
        problem_work.remove_case,
        name="problem-case-removal",
    ),
    path("problems/<int:problem_id>/incidents/", problem_work.add_incident, name="problem-incidents"),
    path(
        "problems/<int:problem_id>/incidents/<int:incident_id>/removal/",
        problem_work.remove_incident,
        name="problem-incident-removal",
    ),
    path("status/", status.here, name="status"),
    path("status/<str:language>/", status.status, name="status-in"),
]
