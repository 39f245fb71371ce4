"""Django application of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "shouwen.platform.ui"
    label = "ui"
