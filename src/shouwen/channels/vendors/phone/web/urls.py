from django.urls import path

from shouwen.channels.vendors.phone.web import calls, hook, settings

_SYSTEM = "settings/phone/<int:system_id>/"
urlpatterns = [
    path("hooks/phone/<str:key>/", hook.event, name="phone-hook"),
    path("calls/", calls.index, name="calls"),
    path("calls/here/", calls.here, name="calls-here"),
    path("calls/<int:call_id>/", calls.one, name="call"),
    path("calls/<int:call_id>/permission/", calls.permission, name="call-permission"),
    path("calls/<int:call_id>/called-back/", calls.called_back, name="call-called-back"),
    path("settings/phone/", settings.index, name="phone"),
    path("settings/phone/systems/", settings.add, name="phone-add"),
    path(_SYSTEM, settings.system, name="phone-system"),
    path(f"{_SYSTEM}secret/", settings.secret, name="phone-secret"),
    path("settings/phone/lines/", settings.line, name="phone-line"),
    path("settings/phone/lines/<int:line_id>/removal/", settings.line_removal, name="phone-line-removal"),
    path("settings/phone/extensions/", settings.extension, name="phone-extension"),
    path(
        "settings/phone/extensions/<int:extension_id>/removal/",
        settings.extension_removal,
        name="phone-extension-removal",
    ),
]
