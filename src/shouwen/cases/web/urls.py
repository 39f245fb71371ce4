"""Addresses of the room: nouns, with sub-resources for verbs."""

from django.urls import URLPattern

app_name = "cases"
urlpatterns: list[URLPattern] = []
