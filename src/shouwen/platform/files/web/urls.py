from django.urls import path

from shouwen.platform.files.web import views

app_name = "files"
urlpatterns = [path("files/<str:token>/", views.download, name="download")]
