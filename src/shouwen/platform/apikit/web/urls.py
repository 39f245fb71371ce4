from django.urls import path

from shouwen.platform.apikit.web import views

app_name = "apikit"
urlpatterns = [
    path("settings/tokens/", views.tokens, name="tokens"),
    path("settings/tokens/<int:token_id>/revocation/", views.revoke, name="revoke"),
]
