from django.urls import path

from shouwen.platform.jobs.web import views

app_name = "jobs"
urlpatterns = [
    path("settings/jobs/", views.failed, name="failed"),
    path("settings/jobs/<int:job_id>/attempts/", views.retry, name="retry"),
    path("settings/jobs/<int:job_id>/discarding/", views.discard, name="discard"),
]
