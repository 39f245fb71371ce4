"""Where other systems call: one address for each account, guarded by the vendor's own signature."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from shouwen.channels import queries, registry
from shouwen.channels.callbacks import Given
from shouwen.platform.access import now, public


@csrf_exempt
@public
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest, vendor: str, account_id: int) -> HttpResponse:
    account = queries.account_at(vendor, account_id)
    carrier = registry.get(account.vendor)
    answer = carrier.callback(account, _given(request, carrier.most_bytes), now())
    response = HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)
    response["Cache-Control"] = "no-store"
    return response


def _given(request: HttpRequest, most: int) -> Given:
    """The request in plain values. One byte more than allowed is read, so that the vendor sees that it is too long."""
    return Given(
        method=request.method or "GET",
        query={name: str(value)[:4000] for name, value in request.GET.items()},
        headers={name.lower(): value[:4000] for name, value in request.headers.items()},
        body=request.read(most + 1) if request.method == "POST" else b"",
        network=request.META.get("REMOTE_ADDR", ""),
    )
