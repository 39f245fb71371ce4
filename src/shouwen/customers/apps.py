from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "shouwen.customers"
    label = "customers"
    verbose_name = _("Customers")

    def ready(self) -> None:
        from shouwen.customers import handlers, panels, registrations, tasks  # noqa: F401

        registrations.register()
