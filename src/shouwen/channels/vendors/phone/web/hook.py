"""The way in for telephone systems: signed, so anybody may knock."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shouwen.channels import signing
from shouwen.channels.vendors.phone import queries, services
from shouwen.kernel.errors import N_, Sentence, TooLarge
from shouwen.platform.access import now, public


@csrf_exempt
@require_POST
@public
def event(request: HttpRequest, key: str) -> HttpResponse:
    """One event of a call, as one JSON object."""
    system = queries.system_of_key(key[:40])
    call = services.take_in(
        system=system,
        timestamp=request.headers.get(signing.TIMESTAMP, ""),
        signature=request.headers.get(signing.SIGNATURE, ""),
        body=_body(request),
        network=request.META.get("REMOTE_ADDR", ""),
        at=now(),
    )
    return JsonResponse({"call": call.external_id, "state": call.state})


def _body(request: HttpRequest) -> bytes:
    if len(request.body) > signing.MOST_BODY:
        raise TooLarge(Sentence(N_("The request is too large.")))
    return request.body
