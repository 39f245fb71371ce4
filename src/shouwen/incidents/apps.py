from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    name = "shouwen.incidents"
    label = "incidents"
    verbose_name = _("Incidents")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from shouwen.incidents import handlers, panels, registrations, tasks  # noqa: F401
        from shouwen.incidents.models import Incident
        from shouwen.incidents.queries.active import forget

        registrations.register()
        for written in (post_save, post_delete):
            written.connect(forget, sender=Incident, dispatch_uid="incidents.active")
