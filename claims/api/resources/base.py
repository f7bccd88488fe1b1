"""The base views: read-only, strict about parameters, with ETags and rate limit headers."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.http.problems import NotModified, ParameterProblem
from claims.http import etags
from claims.http.content_version import current_version
from claims.search.suggestions import did_you_mean


def check_parameters(request: Request, *, known: set[str], repeatable: set[str]) -> None:
    """Raises ParameterProblem for a parameter that is unknown, empty, or repeated without being `repeatable`."""
    messages = {}
    for name, values in request.query_params.lists():
        if name not in known:
            messages[name] = f"unknown parameter{did_you_mean(name, sorted(known))}"
        elif "" in values:
            messages[name] = "must not be empty"
        elif len(values) > 1 and name not in repeatable:
            messages[name] = "may be given only once"
    if messages:
        is_any_unknown = any(name not in known for name in messages)
        raise ParameterProblem(messages, known={"known_parameters": sorted(known)} if is_any_unknown else None)


class RateLimitedView(APIView):
    """Adds the rate limit headers, and answers OPTIONS with the `Allow` header alone."""

    @property
    def request_cost(self) -> int:
        """How many requests this one counts as."""
        return 1

    def finalize_response(self, request: Request, response: Response, *args: object, **kwargs: object) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if state := getattr(request, "rate_limit_state", None):
            for name, value in state.headers().items():
                response.headers[name] = value
        return response

    def options(self, *_: object, **__: object) -> Any:
        # Not rendered: the renderer of the documentation page would look for a template.
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]
        return response


class StrictView(RateLimitedView):
    """Rejects unknown parameters, and sets the ETag and the caching headers."""

    http_method_names = ["get", "head", "options"]
    reads_from_replica = True
    suffix_format = ""  # of a URL that is for one format alone, such as `quotes.csv`
    validator: str | None = None

    def get_format_suffix(self, **kwargs: Any) -> str | None:
        return self.suffix_format or super().get_format_suffix(**kwargs)

    def accepted_parameters(self) -> tuple[set[str], set[str]]:
        """Returns the names of the accepted query parameters, and of those that may be repeated."""
        return {"format"}, set()

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        known, repeatable = self.accepted_parameters()
        check_parameters(request, known=known, repeatable=repeatable)

        self.before_reading(request)
        # Before any row is read: see `claims.http.etags`.
        renderer: Any = request.accepted_renderer
        parts = self.validator_parts()
        self.validator = etags.compute_validator(
            request, current_version(), renderer.media_type, renderer.format, *parts
        )
        if response := etags.not_modified_response(request, self.validator):
            raise NotModified(response)

    def validator_parts(self) -> tuple[str, ...]:
        """Returns what the response depends on besides what readers see."""
        return ()

    def before_reading(self, request: Request) -> None:
        """Hook for what has to happen before the database version is read."""

    def finalize_response(self, request: Request, response: Any, *args: object, **kwargs: object) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        etags.set_cache_headers(response)
        set_etag = partial(etags.set_etag, request, validator=self.validator)
        if isinstance(response, Response):
            response.add_post_render_callback(set_etag)
        else:
            set_etag(response)
        return response
