from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "shouwen.platform.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from shouwen.platform.search import tasks  # noqa: F401
