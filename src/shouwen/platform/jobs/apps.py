from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "shouwen.platform.jobs"
    label = "jobs"
    verbose_name = _("Background jobs")

    def ready(self) -> None:
        from shouwen.platform import frame, runtime
        from shouwen.platform.jobs import worker

        runtime.register("jobs", worker.start, worker.stop)
        frame.setting(
            "jobs",
            _("Background jobs"),
            "jobs:failed",
            "list-restart",
            "jobs.manage",
            order=90,
            help=_("What failed, what waits, what recurs"),
        )
