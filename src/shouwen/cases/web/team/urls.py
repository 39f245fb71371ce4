from django.urls import URLPattern, path

from shouwen.cases.web.team import (
    channels,
    intake,
    kinds,
    notices,
    questions,
    routing,
    searching,
    supervising,
    tasks,
)

_TASK = "tasks/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("channels/statistics/", channels.statistics, name="channel-statistics"),
    path("channels/statistics/cases/", channels.counted, name="channel-cases"),
    path("supervisor/", supervising.supervisor, name="supervisor"),
    path("escalations/<int:pk>/ruling/", supervising.ruling, name="escalation-ruling"),
    path("tasks/", tasks.tasks, name="tasks"),
    path(_TASK, tasks.task, name="task"),
    path(f"{_TASK}acceptance/", tasks.accept, name="task-accept"),
    path(f"{_TASK}refusal/", tasks.reject, name="task-reject"),
    path(f"{_TASK}delivery/", tasks.deliver, name="task-deliver"),
    path(f"{_TASK}return/", tasks.give_back, name="task-return"),
    path(f"{_TASK}approval/", tasks.approve, name="task-approve"),
    path(f"{_TASK}cancelling/", tasks.cancel, name="task-cancel"),
    path("notices/", notices.notices, name="notices"),
    path("notices/reading/", notices.reading, name="notices-read"),
    path("frequent-questions/", questions.listing, name="questions"),
    path("search/", searching.search, name="search"),
    path("settings/kinds/", kinds.kinds, name="kinds"),
    path("settings/kinds/new/", kinds.kind, name="kind-new"),
    path("settings/kinds/<int:pk>/", kinds.kind, name="kind"),
    path("settings/kinds/<int:pk>/place/", kinds.kind_place, name="kind-place"),
    path("settings/routing/", routing.plans, name="routing"),
    path("settings/routing/<int:pk>/", routing.plan, name="routing-plan"),
    path("settings/intake-rules/new/", intake.rule, name="intake-rule-new"),
    path("settings/intake-rules/<int:pk>/", intake.rule, name="intake-rule"),
    path("settings/intake-rules/<int:pk>/place/", intake.rule_place, name="intake-rule-place"),
]
