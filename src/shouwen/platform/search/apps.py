from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "shouwen.platform.search"
    label = "search"

    def ready(self) -> None:
        from shouwen.platform.search import tasks  # noqa: F401
