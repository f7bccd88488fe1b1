"""Content negotiation: which renderer a request asks for."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from claims.api.http.problems import MAX_PARAMETER_NAME, ParameterProblem
from claims.search.suggestions import did_you_mean, must_be_one_of


class ContentNegotiation(DefaultContentNegotiation):
    """Selects by URL suffix or `format=`, else by the Accept header (RFC 9110), quality values included."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Of equally wanted renderers, prefers the one named more specifically, then the one offered first."""
        offered = list(renderers)
        format_parameter = request.query_params.get(self.settings.URL_FORMAT_OVERRIDE)
        if format_suffix and format_parameter and format_parameter != format_suffix:
            raise ParameterProblem({"format": f"must match the URL's suffix .{format_suffix} or be left out"})
        if format_suffix:
            (first, *_) = self.renderers_of_suffix(offered, format_suffix)
            return first, first.media_type
        if format_parameter:
            (first, *_) = self.filter_renderers(offered, format_parameter)
            return first, first.media_type
        media_types = tuple(renderer.media_type for renderer in offered)
        index = _best_offer(media_types, tuple(self.get_accept_list(request)))
        if index is None:
            raise NotAcceptable(available_renderers=offered)
        return offered[index], offered[index].media_type

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:  # noqa: A002  # REST framework's signature
        offered = list(renderers)
        if matching := [renderer for renderer in offered if renderer.format == format]:
            return matching
        raise ParameterProblem({"format": must_be_one_of(format, _format_names(offered))})

    def renderers_of_suffix(self, renderers: Sequence[BaseRenderer], suffix: str) -> list[BaseRenderer]:
        """Returns those of the format that the URL ends in. Raises ParameterProblem if there are none."""
        if matching := [renderer for renderer in renderers if renderer.format == suffix]:
            return matching
        wanted = f".{suffix[:MAX_PARAMETER_NAME]}"
        suffixes = [f".{name}" for name in _format_names(renderers)]
        message = f"{wanted} is not available here: the URL may end in {', '.join(suffixes)}"
        raise ParameterProblem({"suffix": message + did_you_mean(wanted, suffixes)})


def _format_names(renderers: Sequence[BaseRenderer]) -> list[str]:
    return list(dict.fromkeys(renderer.format for renderer in renderers))


@lru_cache(maxsize=200)  # by all that is compared
def _best_offer(offered: tuple[str, ...], accept_tokens: tuple[str, ...]) -> int | None:
    """Returns the index of the most wanted media type; None if none is accepted."""
    try:
        accepted = [MediaType(token) for token in accept_tokens]
    except ValueError:  # a token that is too long to parse
        return None
    quality, _, index = max(
        (*_match_quality(MediaType(media_type), accepted), -index) for index, media_type in enumerate(offered)
    )
    return -index if quality else None


def _match_quality(offered: MediaType, accepted: list[MediaType]) -> tuple[float, int]:
    """Returns how much a media type is wanted, from 0 to 1, and how specifically: the most specific match counts.

    Parameters of an accepted type that the offer does not have, such as a charset, are ignored.
    """
    parameters = offered.params.items()
    specificity, quality = max(
        (
            (media_type.specificity, media_type.quality)
            for media_type in accepted
            if media_type.main_type in {"*", offered.main_type}
            and media_type.sub_type in {"*", offered.sub_type}
            and parameters <= media_type.params.items()
        ),
        default=(0, 0.0),
    )
    return quality, specificity + len(parameters)
