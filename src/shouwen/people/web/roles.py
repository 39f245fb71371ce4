"""Which role may do what, and who has it."""

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.people import queries
from shouwen.platform.access import needs, permissions
from shouwen.platform.series import listed
from shouwen.platform.web import render


@require_GET
@needs("people.see")
def overview(request: HttpRequest) -> HttpResponse:
    roles, holders = queries.role_choices(), queries.role_holders()
    return render(
        request,
        "people/roles.html",
        {
            "roles": roles,
            "role_labels": [label for _code, label in roles],
            "groups": _groups(),
            "holder_facts": [
                (label, listed(one.name for one in holders.get(code, []))) for code, label in roles
            ],
        },
    )


def _groups() -> list[tuple[str, list[permissions.Permission]]]:
    """Permissions by the room that registered them, under the room's own name."""
    rooms: dict[str, list[permissions.Permission]] = {}
    for permission in permissions.registered():
        rooms.setdefault(permission.code.partition(".")[0], []).append(permission)
    names = {config.label: str(config.verbose_name) for config in apps.get_app_configs()}
    return [(names.get(room, room), held) for room, held in rooms.items()]
