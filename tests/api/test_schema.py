"""The API conforms to its schema, whatever the request (schemathesis), and the schema is complete."""

import re
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode

from claims.api.query.openapi_parameters import component_name
from claims.api.root import render_schema
from claims.models import Claim
from claims.resources import RESOURCES
from factbase.wsgi import application
from tests import factories as f

MAX_EXAMPLES = hypothesis.settings().max_examples // 3  # for each operation and mode; each is a request
UNCOMPRESSED = {"Accept-Encoding": "identity"}  # nothing decompresses the response of an application called directly
MATCH_PATH = "/api/v1/match/"
# For holders of a key, with tests of their own.
INTAKE_PATHS = ["/api/v1/articles/", "/api/v1/check/", "/api/v1/deliveries/{id}/"]


@pytest.fixture(scope="module")
def schema_rows(full_quote_id: int) -> None:
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
    fixed = [
        "/api/v1/",
        MATCH_PATH,
        *(f"/api/v1/{name}/counts/" for name, resource in RESOURCES.items() if resource.dimensions),
    ]
    lists = [f"/api/v1/{name}/{row}" for name in RESOURCES for row in ("", "{id}/")]
    proofs = ["/api/v1/quotes/{id}/proof/", "/api/v1/sources/{id}/snapshots/{sha256}/"]
    counts = [f"/api/v1/{name}/counts.csv" for name, resource in RESOURCES.items() if resource.dimensions]
    return [*fixed, *lists, *proofs, *counts, *(path for name in RESOURCES for path in format_paths(name))]


def format_paths(name: str) -> list[str]:
    pages = RESOURCES[name].page_formats
    lists = [f"/api/v1/{name}.{suffix}" for suffix in ("csv", "csv-metadata.json", "jsonl", "xlsx", *pages)]
    return [*lists, *(f"/api/v1/{name}/{{id}}.{suffix}" for suffix in pages if suffix != "atom")]


def fuzz_cases() -> list[Any]:
    # All lists are served by the same code, and parameters are refused by tests of their own.
    pushed = {"/api/v1/claims/", "/api/v1/claims/{id}/"}

    def case(path: str, mode: GenerationMode) -> Any:
        marks = [] if path in pushed else [pytest.mark.nightly]
        return pytest.param(path, mode, id=f"{path} {mode.value}", marks=marks)

    valid = [case(path, GenerationMode.POSITIVE) for path in schema_paths()]
    with_parameters = schema_paths()[1:]  # the root has none, and so no invalid requests
    return valid + [case(path, GenerationMode.NEGATIVE) for path in with_parameters]


def respond(schema: Any, path: str, query: dict[str, Any], path_parameters: dict[str, Any]) -> Any:
    """The response, which conforms to the schema, to a valid request for public rows."""
    case = schema[path]["GET"].Case(path_parameters=path_parameters, query=query)
    response = case.call_and_validate(app=application, headers=UNCOMPRESSED)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("path", schema_paths())
def test_the_response_of_each_operation_conforms_to_its_schema(schema: Any, path: str) -> None:
    of_row: dict[str, Any] = {}
    if "{id}" in path:
        rows = respond(schema, path.split("{", maxsplit=1)[0], {}, {}).json()["results"]
        of_row["id"] = rows[0]["id"]
        if "{sha256}" in path:
            of_row["sha256"] = rows[0]["snapshots"][0]["sha256"]
    query = {"by": "speaker"} if "/counts" in path else {"text": "Rivers are full."} if path == MATCH_PATH else {}
    respond(schema, path, query, of_row)


def drop_values_without_rows(query: dict[str, Any]) -> None:
    """Removes what a schema cannot tell from valid values: unknown topics, ranges that end before they begin."""
    for name in ("topic", "status", "rating", "language", "translated_from"):
        query.pop(name, None)
    for name in [name for name in query if name.endswith("_after")]:
        query.pop(name.replace("_after", "_before"), None)


@pytest.mark.parametrize(("path", "mode"), fuzz_cases())
def test_an_operation_conforms_to_its_schema_whatever_the_request(schema: Any, path: str, mode: GenerationMode) -> None:
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
            # A schema cannot say which cursors are valid, nor that changes have an order of their own.
            query.pop("cursor", None)
            drop_values_without_rows(query)
            if query.get("ordering") == "relevance" and "q" not in query:
                query.pop("ordering")
            if "updated_since" in query:
                query.pop("count", None)
                query.pop("ordering", None)
            if "q" not in query:
                query.pop("q_in", None)
                query.pop("highlight", None)
            if path == MATCH_PATH and len(query) != 1:
                case.query = query = {"text": "Rivers are full."}
        elif is_accepted_all_the_same(operation, query):
            return
        case.call_and_validate(app=application, headers=UNCOMPRESSED)

    run()


def is_accepted_all_the_same(operation: Any, query: dict[str, object]) -> bool:
    """Whether the server may take a request that the schema calls invalid: 1 for true, or values joined by commas."""
    schemas = {parameter["name"]: parameter["schema"] for parameter in operation.definition.raw["parameters"]}
    types = {name: schemas[name].get("type") for name in query if name in schemas}
    texts = {name: str(value) for name in types for value in as_list(query[name])}
    return any(
        (types[name] == "boolean" and text in {"0", "1"}) or (types[name] == "array" and "," in text)
        for name, text in texts.items()
    )


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def test_the_schema_is_valid_and_complete(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    assert set(paths) == {*schema_paths(), *INTAKE_PATHS}
    for name, view in RESOURCES.items():
        described = {p["name"]: p for p in paths[f"/api/v1/{name}/"]["get"]["parameters"]}
        for parameter in view.filterset_class.base_filters:
            assert described[parameter]["description"], f"{name}: {parameter} is not documented"


def objects_in(node: Any) -> Iterator[dict[str, Any]]:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    if isinstance(node, dict):
        yield node
    for child in children:
        yield from objects_in(child)


def test_generators_can_type_everything():
    """Each operation returns one type, which does not depend on its parameters; no two members have one name."""
    document = SchemaGenerator().get_schema(public=True)
    schemas = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        (operation,) = operations.values()
        status = "202" if operation["operationId"] == "send_article" else "200"
        assert len(operation["responses"][status]["content"]) == 1, path
        assert re.fullmatch("[a-z_]+", operation["operationId"]), path
        for parameter in operation.get("parameters", []):
            assert "default" not in parameter["schema"], f"{path}: {parameter['name']} is sent where it is refused"
            assert parameter["name"] != "format"
            if parameter["schema"].get("type") == "array":
                assert parameter["explode"] is True
    for resource in RESOURCES.values():
        name = component_name(resource.serializer_class)
        assert schemas[f"Paginated{name}List"]["properties"]["results"]["items"] == {
            "$ref": f"#/components/schemas/{name}"
        }
        assert "required" not in schemas[name]
    for part in objects_in(document):
        assert "anyOf" not in part
        if isinstance(part.get("enum"), list):
            members = [re.sub(r"\W+|_+", "_", str(name)).upper() for name in part.get("x-enum-varnames", part["enum"])]
            assert len(set(members)) == len(members), members
            assert all(members)


def test_what_expand_returns_is_typed_as_what_it_has():
    schemas = SchemaGenerator().get_schema(public=True)["components"]["schemas"]
    for resource in RESOURCES.values():
        serializer = resource.serializer_class
        for name, make_field in getattr(serializer, "expandable", {}).items():
            field = schemas[component_name(serializer)]["properties"][name]
            references = [part["$ref"] for part in objects_in(field) if "$ref" in part]
            assert references == [f"#/components/schemas/{component_name(type(make_field()))}"]
            # Without `expand` there is a part of it, which the same type has to suit.
            assert serializer().fields[name].fields.keys() <= make_field().fields.keys()


def read_schema(client: Client) -> Any:
    render_schema.cache_clear()
    return client.get("/api/v1/schema/?format=json").json()


@pytest.mark.django_db
def test_the_schema_names_the_site(client, settings):
    settings.FACTBASE_SITE_NAME, settings.FACTBASE_PUBLISHER = "Facts", "The Example"
    settings.FACTBASE_CONTACT, settings.FACTBASE_DATA_LICENCE = "desk@example.org", "CC-BY-4.0"
    document = read_schema(client)
    assert document["servers"] == [{"url": "http://testserver"}]
    assert document["info"]["title"] == "Facts"
    contact = {"name": "The Example", "url": settings.FACTBASE_BASE_URL, "email": "desk@example.org"}
    assert document["info"]["contact"] == contact
    assert document["info"]["license"] == {"name": "CC-BY-4.0", "identifier": "CC-BY-4.0"}
    settings.FACTBASE_CONTACT, settings.FACTBASE_DATA_LICENCE = "", "https://example.org/licence"
    info = read_schema(client)["info"]
    assert info["license"] == {"name": "https://example.org/licence", "url": "https://example.org/licence"}
    assert "email" not in info["contact"]
    settings.FACTBASE_DATA_LICENCE = ""
    assert "license" not in read_schema(client)["info"]


@pytest.mark.django_db
def test_the_schema_is_rendered_once(client, monkeypatch):
    """Rendering takes a second, which nobody may have the site do again and again."""
    url = "/api/v1/schema/?format=json"
    rendered = client.get(url).content

    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(SchemaGenerator, "get_schema", fail)
    assert client.get(url, headers={"Accept-Language": "ru"}).content == rendered


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
