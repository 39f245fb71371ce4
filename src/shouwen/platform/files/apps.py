from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "shouwen.platform.files"
    label = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from shouwen.platform.files import removing  # noqa: F401  its job and its sweeper
