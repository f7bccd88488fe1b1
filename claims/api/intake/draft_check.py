"""Checking the quotations of a draft, an unpublished text, with a key of a scope of its own. Nothing of it is kept."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import MemberProblem
from claims.api.intake.article_bodies import ArticleJSONParser
from claims.api.intake.views import KEY_REQUIRED, IntakeView, refuse_large_body
from claims.api.resources.match import DIFFERENCE_KINDS, MatchingUnavailable, SpanField
from claims.extraction import ModelError
from claims.matching import EncoderError
from claims.models import QuoteDecision, QuoteKind, ReaderKeyScope
from claims.search.suggestions import did_you_mean
from claims.services.drafts.alignment import Alteration
from claims.services.drafts.check import MAX_DRAFT_CHARACTERS, check_draft
from claims.services.drafts.findings import Audience, Outcome
from claims.services.drafts.records import to_record
from claims.services.errors import RefusedError
from claims.services.history.word_diff import DiffOp

MAX_DRAFT_BYTES = 1_000_000
COST_OF_DRAFT = 50  # of a request, in reads of the rate limit


class DraftSerializer(serializers.Serializer[Any]):
    """A draft."""

    text = serializers.CharField(
        trim_whitespace=False,
        max_length=MAX_DRAFT_CHARACTERS,
        help_text="The text of the draft: paragraphs between line ends, quotations in any marks.",
    )

    def to_internal_value(self, data: Any) -> Any:
        if unknown := [str(name) for name in data if name not in self.fields]:
            raise MemberProblem({name: f"unknown{did_you_mean(name, list(self.fields))}" for name in unknown})
        return super().to_internal_value(data)


class DiffPartSerializer(serializers.Serializer[Any]):
    """Words of the draft that the source has (`kept`) or not (`new`), or words of the source alone (`gone`)."""

    op = serializers.ChoiceField([(op.value, op.value) for op in DiffOp])
    text = serializers.CharField()


class FoundSourceSerializer(serializers.Serializer[Any]):
    """The source of a passage."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    publisher = serializers.CharField()
    published_on = serializers.DateField(allow_null=True)
    source_url = serializers.CharField()
    url = serializers.URLField(help_text="The version of the source that has the words.")


class FoundQuoteSerializer(serializers.Serializer[Any]):
    """A stored quote."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(QuoteKind.choices)
    text = serializers.CharField()
    speaker = serializers.CharField(allow_null=True)
    decision = serializers.ChoiceField(QuoteDecision.choices)
    url = serializers.URLField()


class PassageSerializer(serializers.Serializer[Any]):
    """Where the words stand. `start` and `end` are in the text of the version; for keys of the scope *check-all*."""

    text = serializers.CharField()
    is_quoted = serializers.BooleanField(help_text="Whether they stand between quotation marks there.")
    source = FoundSourceSerializer()  # type: ignore[assignment]  # a field, not the option
    sha256 = serializers.CharField(help_text="Of the text of the version, in UTF-8.")
    quote = FoundQuoteSerializer(allow_null=True)
    proof = serializers.URLField(allow_null=True, help_text="How to check that the quote stands there.")
    start = serializers.IntegerField(required=False)
    end = serializers.IntegerField(required=False)


class ClaimDifferenceSerializer(serializers.Serializer[Any]):
    """In what the quotation and the claim differ."""

    kind = serializers.ChoiceField(DIFFERENCE_KINDS)
    draft = serializers.CharField()
    claim = serializers.CharField()


class FoundClaimSerializer(serializers.Serializer[Any]):
    """A claim with a published verdict."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    rating = serializers.CharField(allow_null=True)
    rating_name = serializers.CharField(allow_null=True)
    explanation = serializers.CharField()
    differences = ClaimDifferenceSerializer(many=True)
    url = serializers.URLField()


class CheckedQuotationSerializer(serializers.Serializer[Any]):
    """A quotation of the draft, and what is known of it."""

    number = serializers.IntegerField()
    outcome = serializers.ChoiceField([(outcome.value, outcome.value) for outcome in Outcome])
    spans = serializers.ListField(child=SpanField("the draft"))
    text = serializers.CharField()
    is_reported = serializers.BooleanField(help_text="Whether the draft gives it in its own words.")
    speaker = serializers.CharField(allow_null=True, help_text="Who said it, as far as the draft tells.")
    mention = serializers.CharField(help_text="The speaker as written.")
    alterations = serializers.ListField(
        child=serializers.ChoiceField([(alteration.value, alteration.value) for alteration in Alteration])
    )
    diff = DiffPartSerializer(many=True)
    passage = PassageSerializer(allow_null=True)
    joined_with = PassageSerializer(allow_null=True, help_text="Where other words of the quotation stand.")
    claim = FoundClaimSerializer(allow_null=True)


class DraftReportSerializer(serializers.Serializer[Any]):
    """What is known of the quotations of a draft, in reading order."""

    counts = serializers.DictField(child=serializers.IntegerField(), help_text="Number of quotations by outcome.")
    quotations = CheckedQuotationSerializer(many=True)


class DraftCheckView(IntakeView):
    """Checks a draft."""

    http_method_names = ["post", "options"]
    parser_classes = [ArticleJSONParser]
    operation_id = "check_draft"
    tag = "check"
    scopes = frozenset({ReaderKeyScope.CHECK, ReaderKeyScope.CHECK_ALL})
    purpose = "check drafts"
    request_cost = COST_OF_DRAFT

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        refuse_large_body(request, MAX_DRAFT_BYTES, advice="Check the draft in parts.")

    @extend_schema(request=DraftSerializer, responses={200: DraftReportSerializer}, auth=KEY_REQUIRED)
    def post(self, request: Request) -> Response:
        """Whether stored sources have the quotations of an unpublished text, as they are.

        Each quotation is *verbatim*, *altered* (with a word diff), said by another speaker (*other-speaker*), only
        *reported* indirectly, a *known-claim* with a verdict, or *not-found*. Nothing of the text is stored or logged.
        A key of the scope *check* is told what readers can see, one of *check-all* everything that editors can.
        """
        key: Any = request.auth  # a ReaderKey: see `initial`
        audience = Audience.EDITORS if key.scope == ReaderKeyScope.CHECK_ALL else Audience.READERS
        serializer = DraftSerializer(data=request.data)
        if not serializer.is_valid():
            raise MemberProblem({name: str(errors[0]) for name, errors in serializer.errors.items()})
        try:
            report = check_draft(serializer.validated_data["text"], audience=audience)
        except RefusedError as error:
            raise MemberProblem({"text": str(error)}) from error
        except (EncoderError, ModelError) as error:
            raise MatchingUnavailable from error
        return Response(to_record(report, audience))
