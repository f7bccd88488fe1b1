"""What is known of a text, or of the quotes of an article: public claims alike in meaning, and in what they differ."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import ParameterProblem
from claims.api.query.openapi_parameters import query_parameter
from claims.api.resources.base import StrictView
from claims.api.resources.examples import example_of
from claims.matching import DifferenceKind, EncoderError
from claims.resources.matches.public_matches import (
    MAX_MATCHES,
    MAX_QUOTES,
    MAX_TEXT_LENGTH,
    CheckedText,
    MatchedClaim,
    MatchedQuote,
    PublicMatch,
    check_article,
    check_text,
)
from claims.resources.permalinks import list_url
from claims.search.matches.claim_index import read_last_sequence
from claims.search.page_lookup import PageURLValue
from claims.search.text_values import TextValue

COST_OF_TEXT, COST_OF_ARTICLE = 10, 50  # of a request, in reads of the rate limit: sentences are encoded and compared
DIFFERENCE_KINDS = [(kind.value, kind.value) for kind in DifferenceKind]
_VALUES = {"text": TextValue(MAX_TEXT_LENGTH), "source_url": PageURLValue()}


class SpanField(serializers.ListField):
    child = serializers.IntegerField()

    def __init__(self, of: str) -> None:
        super().__init__(
            min_length=2, max_length=2, help_text=f"Their place in {of}: Unicode code points, end exclusive."
        )


class DifferenceSerializer(serializers.Serializer[Any]):
    """In what the text and the claim differ. The words of one side are empty where the other alone has some."""

    kind = serializers.ChoiceField(DIFFERENCE_KINDS, help_text="What differs.")
    text = serializers.CharField(help_text="The words of the text.")
    text_span = SpanField("the text")
    claim = serializers.CharField(help_text="The words of the claim.")
    claim_span = SpanField("the text of the claim")


class MatchSerializer(serializers.Serializer[Any]):
    """A public claim that is alike in meaning."""

    probability = serializers.FloatField(
        min_value=0,
        max_value=1,
        help_text="How probable it is that the claim is about what the text says. Calibrated: of 100 matches with 0.9, "
        "about 90 are.",
    )
    same = serializers.BooleanField(help_text="Whether they say the same. Never with differences.")
    differences = DifferenceSerializer(many=True, help_text="In what they differ, as far as that is found.")
    claim = MatchedClaim()


class CheckedTextSerializer(serializers.Serializer[Any]):
    """A text, or a quote of the article, with the public claims alike: first those that say the same."""

    text = serializers.CharField(help_text="What was compared. Of a quote, its exact characters.")
    quote = MatchedQuote(
        allow_null=True,
        help_text="With `source_url`: the quote. Its own `claim` is the one that an editor made of it.",
    )
    matches = MatchSerializer(many=True, help_text=f"At most {MAX_MATCHES}; the quote's own claim is not among them.")


class MatchesSerializer(serializers.Serializer[Any]):
    """What is known."""

    has_more = serializers.BooleanField(help_text=f"Whether the article has more than {MAX_QUOTES} public quotes.")
    quotes_url = serializers.URLField(allow_null=True, help_text="With `source_url`: the list of all its quotes.")
    results = CheckedTextSerializer(
        many=True, help_text="One for `text`; one for each public quote, in the order of the article, for `source_url`."
    )


class MatchingUnavailable(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "Claims cannot be compared at the moment: this site's language model is missing or damaged."


class MatchView(StrictView):
    operation_id = "match"
    tag = "match"

    @extend_schema(responses=MatchesSerializer)
    def get(self, request: Request) -> Response:
        """Which public claims say the same as a text, or nearly, and whether they hold up.

        Give either `text` or `source_url`. Claims are found by their meaning, in English, whatever their age and
        speaker; in other scripts by their words. Where a claim differs (a figure, a date, a denial, who did what to
        whom), `same` is false and the differences are marked in both texts. A request counts as several towards the
        rate limit.
        """
        name, value = self.requested_value()
        try:
            if name == "text":
                return Response(_to_document([check_text(value)]))
            checked, has_more = check_article(value)
        except EncoderError as error:
            raise MatchingUnavailable from error
        quotes_url = list_url("quotes", source_url=request.query_params["source_url"])
        return Response(_to_document(checked, has_more=has_more, quotes_url=quotes_url))

    @property
    def request_cost(self) -> int:
        return COST_OF_ARTICLE if "source_url" in self.request.query_params else COST_OF_TEXT

    def requested_value(self) -> tuple[str, Any]:
        """Returns the parameter and its value. Raises ParameterProblem."""
        given = {name: text for name in _VALUES if (text := self.request.query_params.get(name))}
        if not given:
            raise ParameterProblem({"text": "is required, or else source_url"})
        if len(given) > 1:
            raise ParameterProblem({"source_url": "not allowed with text"})
        [(name, text)] = given.items()
        try:
            return name, _VALUES[name].to_python(text)
        except ValidationError as error:
            raise ParameterProblem({name: error.messages}) from error

    def accepted_parameters(self) -> tuple[set[str], set[str]]:
        known, repeatable = super().accepted_parameters()
        return known | _VALUES.keys(), repeatable

    def validator_parts(self) -> tuple[str, ...]:
        # A claim is found once it has its vector, which is made after it was released.
        return (str(read_last_sequence()),)

    def schema_parameters(self) -> list[dict[str, object]]:
        """Returns the OpenAPI descriptions of the query parameters."""
        text, source_url = (value.json_schema() for value in _VALUES.values())
        return [
            query_parameter("text", "A claim or a quote, in one sentence.", text),
            query_parameter("source_url", "The address of an article. Instead of `text`.", source_url),
        ]

    def schema_example(self) -> dict[str, object]:
        claim = example_of(MatchedClaim)
        text = str(claim["text"]).replace("1993", "1983")
        start = text.index("1983")
        span = [start, start + 4]
        difference = {"kind": "date", "text": "1983", "text_span": span, "claim": "1993", "claim_span": span}
        match = {"probability": 0.97, "same": False, "differences": [difference], "claim": claim}
        return _list([{"text": text, "quote": None, "matches": [match]}])


def _to_document(checked: list[CheckedText], **members: Any) -> dict[str, object]:
    return _list(
        [
            {"text": each.text, "quote": each.quote, "matches": [_describe_match(match) for match in each.matches]}
            for each in checked
        ],
        **members,
    )


def _list(
    results: list[dict[str, object]], *, has_more: bool = False, quotes_url: str | None = None
) -> dict[str, object]:
    return {"has_more": has_more, "quotes_url": quotes_url, "results": results}


def _describe_match(match: PublicMatch) -> dict[str, object]:
    return {
        "probability": match.similar.probability,
        "same": match.similar.is_same,
        "differences": [
            {
                "kind": each.kind.value,
                "text": each.own,
                "text_span": list(each.own_span),
                "claim": each.other,
                "claim_span": list(each.other_span),
            }
            for each in match.similar.differences
        ],
        "claim": match.claim,
    }
