from django.urls import path

from shouwen.people.web import hiring, me, providers, roles, staff, teams

app_name = "people"
urlpatterns = [
    path("people/", staff.listing, name="list"),
    path("people/new/", hiring.hiring, name="hiring"),
    path("people/<int:staff_id>/", staff.person, name="person"),
    path("people/<int:staff_id>/profile/", staff.profile, name="profile"),
    path("people/<int:staff_id>/presence/", staff.presence, name="person-presence"),
    path("people/<int:staff_id>/leave/", staff.leave, name="person-leave"),
    path("people/<int:staff_id>/skills/", staff.skills, name="skills"),
    path("people/<int:staff_id>/help/", staff.help_given, name="help-given"),
    path("people/<int:staff_id>/roles/", hiring.roles, name="person-roles"),
    path("people/<int:staff_id>/leaving/", hiring.leaving, name="leaving"),
    path("people/<int:staff_id>/return/", hiring.coming_back, name="coming-back"),
    path("me/", me.me, name="me"),
    path("me/presence/", me.presence, name="presence"),
    path("me/limits/", me.limits, name="limits"),
    path("me/photo/", me.photo, name="photo"),
    path("me/photo/removal/", me.photo_removal, name="photo-removal"),
    path("me/help/", me.help_asked, name="help"),
    path("me/help/withdrawal/", me.help_withdrawn, name="help-withdrawal"),
    path("settings/teams/", teams.overview, name="teams"),
    path("settings/teams/new/", teams.new_team, name="new-team"),
    path("settings/teams/<int:team_id>/", teams.team, name="team"),
    path("settings/departments/new/", teams.new_department, name="new-department"),
    path("settings/departments/<int:department_id>/", teams.department, name="department"),
    path("settings/skills/new/", teams.new_skill, name="new-skill"),
    path("settings/providers/", providers.listing, name="providers"),
    path("settings/providers/new/", providers.new, name="new-provider"),
    path("settings/providers/<int:provider_id>/", providers.provider, name="provider"),
    path("settings/roles/", roles.overview, name="roles"),
]
