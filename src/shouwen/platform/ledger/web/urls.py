from django.urls import path

from shouwen.platform.ledger.web import views

app_name = "ledger"
urlpatterns = [
    path("settings/audit/", views.audit, name="audit"),
    path("settings/history/", views.settings_history, name="settings-history"),
    path("me/sign-ins/", views.own, name="own"),
]
