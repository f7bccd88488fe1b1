"""The API conforms to its schema, whatever the request (schemathesis), and the schema is complete."""

from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode

from claims.models import Claim, Correction
from claims.resources import RESOURCES
from factbase.wsgi import application
from tests import factories as f

MAX_EXAMPLES = hypothesis.settings().max_examples // 3  # for each operation and mode; each is a request


@pytest.fixture(scope="module")
def schema_rows(module_db: None) -> None:
    quote = f.QuoteFactory(accepted=True)
    quote.claim.topics.add(f.TopicFactory())
    verification = f.VerificationFactory(claim=quote.claim, submitted=True)
    f.EvidenceFactory(verification=verification, source=f.SourceFactory())
    verification.approver, verification.state = f.UserFactory(), "published"
    verification.published_at = verification.submitted_at
    verification.save()
    f.QuoteFactory(accepted=True)
    Correction.objects.create(
        claim=quote.claim, kind="correction", text="A date.", reason="It was wrong.", made_by=f.UserFactory()
    )
    retracted = f.QuoteFactory(accepted=True).claim
    Claim.objects.filter(pk=retracted.pk).update(retracted_at=retracted.released_at)


@pytest.fixture(scope="module")
def module_schema(schema_rows: None) -> Any:
    return schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))


@pytest.fixture
def schema(module_schema: Any, one_connection: None, db: None) -> Any:
    """The schema, as the API gives it."""
    return module_schema


def schema_paths() -> list[str]:
    fixed = ["/api/v1/", *(f"/api/v1/{name}.csv-metadata.json" for name in RESOURCES)]
    fixed += [f"/api/v1/{name}/counts/" for name, resource in RESOURCES.items() if resource.dimensions]
    lists = [f"/api/v1/{name}/{row}" for name in RESOURCES for row in ("", "{id}/")]
    return [*fixed, *lists, "/api/v1/quotes/{id}/proof/", "/api/v1/sources/{id}/snapshots/{sha256}/"]


def schema_cases() -> list[Any]:
    valid = [pytest.param(path, GenerationMode.POSITIVE, id=f"{path} valid") for path in schema_paths()]
    # Operations without parameters have no invalid requests.
    with_parameters = schema_paths()[1 + len(RESOURCES) :]
    return valid + [pytest.param(path, GenerationMode.NEGATIVE, id=f"{path} invalid") for path in with_parameters]


@pytest.mark.parametrize(("path", "mode"), schema_cases())
def test_an_operation_conforms_to_its_schema(schema: Any, path: str, mode: GenerationMode) -> None:
    operation = schema[path]["GET"]
    operation.app = application

    @hypothesis.settings(
        max_examples=MAX_EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        query = case.query or {}
        if mode is GenerationMode.POSITIVE:
            # A schema cannot say which cursors are valid, nor that a whole list has no pages.
            query.pop("cursor", None)
            if query.get("ordering") == "relevance" and "q" not in query:
                query.pop("ordering")
            form = query.get("format", "json")
            is_whole_list = form in {"csv", "jsonl", "xlsx"}
            if is_whole_list or "updated_since" in query:
                query.pop("count", None)
                query.pop("ordering", None)
            if is_whole_list:
                query.pop("page_size", None)
            if form not in {"json", "jsonl"}:
                query.pop("fields", None)
                query.pop("expand", None)
        # Nothing would decompress the response of a WSGI application that is called directly.
        case.call_and_validate(app=application, headers={"Accept-Encoding": "identity"})

    run()


def test_the_schema_is_valid_and_complete(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    assert set(paths) == set(schema_paths())
    for name, view in RESOURCES.items():
        described = {p["name"]: p for p in paths[f"/api/v1/{name}/"]["get"]["parameters"]}
        for parameter in view.filterset_class.base_filters:
            assert described[parameter]["description"], f"{name}: {parameter} is not documented"


@pytest.mark.django_db
def test_schema_and_documentation_are_served():
    client = Client()
    assert client.get("/api/v1/schema/?format=json").json()["openapi"] == "3.1.1"
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    # The content security policy would block these.
    assert b"<script>" not in page.content
    assert b"<style" not in page.content
    assert b"SwaggerUIBundle" in client.get("/api/v1/docs/?script=").content
