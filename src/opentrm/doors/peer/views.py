"""The peer door: an envelope in, a sealed receipt out, and nothing said to a stranger."""

import ipaddress

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.csrf import csrf_exempt

from opentrm.federation.envelope import MAX_ENVELOPE
from opentrm.federation.refusal import NotAccepted
from opentrm.referrals.carrier import TYPE
from opentrm.referrals.exchange import exchange


@csrf_exempt
def inbox(request: HttpRequest) -> HttpResponse:
    """Take an envelope. Anything that is not a partner's is answered like a page that is not there."""
    if request.method != "POST" or not _on_loopback(request) or request.content_type != TYPE:
        return HttpResponseNotFound()
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdigit() or int(size) > MAX_ENVELOPE:
        return HttpResponseNotFound()
    try:
        receipt = exchange().receive(request.body)
    except NotAccepted:
        return HttpResponseNotFound()
    return HttpResponse(receipt, content_type=TYPE)


def _on_loopback(request: HttpRequest) -> bool:
    """Until nodes speak TLS to each other, only this machine is listened to."""
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META
    try:
        return not forwarded and ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
