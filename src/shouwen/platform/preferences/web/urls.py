from django.urls import path

from shouwen.platform.preferences.web import views

app_name = "preferences"
urlpatterns = [path("settings/organisation/", views.organisation, name="organisation")]
