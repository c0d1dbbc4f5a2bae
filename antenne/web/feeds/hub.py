"""Where programs ask to be sent a feed whenever it changes (WebSub)."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from antenne.kernel.rate import Rate, RateExceeded, client_address, rate_spend
from antenne.syndication.refusals import SyndicationRefused
from antenne.syndication.services.hub import hub_ask
from antenne.web.feeds.views import place_of

HUB_RATE: Final = Rate("syndication.hub", limit=60, window_s=60)


@csrf_exempt  # programs ask, without a session; the address itself confirms it
@require_POST
def hub(request: HttpRequest) -> HttpResponse:
    """Take a request to subscribe; it takes effect once its address has confirmed it."""
    asked = {name: str(value) for name, value in request.POST.items()}
    try:
        rate_spend(HUB_RATE, client_address(request.META))
        hub_ask(asked=asked, place=place_of(request))
    except SyndicationRefused as refusal:
        return HttpResponse(f"{refusal}\n", status=400, content_type="text/plain; charset=utf-8")
    except RateExceeded as error:
        answer = HttpResponse("too many requests\n", status=429, content_type="text/plain")
        answer["Retry-After"] = str(error.retry_after_s)
        return answer
    return HttpResponse(status=202)
