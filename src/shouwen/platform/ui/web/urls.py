from django.urls import path

from shouwen.platform.ui.web import views

app_name = "ui"
urlpatterns = [
    path("palette.json", views.palette, name="palette"),
    path("brand.css", views.brand, name="brand"),
    path("brand/logo/", views.logo, name="logo"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("settings/", views.settings_index, name="settings"),
    path("gallery/", views.gallery, name="gallery"),
]
