from django.apps import AppConfig


class ApikitConfig(AppConfig):
    name = "shouwen.platform.apikit"
    label = "apikit"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from shouwen.platform.access import permissions

        permissions.register("apikit.manage", label=_("Make and revoke API tokens"), roles=())
