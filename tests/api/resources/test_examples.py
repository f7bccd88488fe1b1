"""The examples in the OpenAPI schema conform to the schema."""

from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from claims.api.query.highlight import HIGHLIGHT
from claims.api.resources import examples
from claims.resources import RESOURCES
from claims.resources.sql.sql_serializer import all_field_names, field_names

SCHEMA: Any = SchemaGenerator().get_schema(public=True)


def response_schema_and_example(resource: str, row: str) -> tuple[Any, Any]:
    """Returns the JSON Schema of a response, and its example."""
    content = SCHEMA["paths"][f"/api/v1/{resource}/{row}"]["get"]["responses"]["200"]["content"]["application/json"]
    return content["schema"] | {"components": SCHEMA["components"]}, content["examples"]["made_up"]["value"]


@pytest.mark.parametrize("row", ["", "{id}/"], ids=["list", "detail"])
@pytest.mark.parametrize("resource", RESOURCES)
def test_an_example_matches_its_schema(resource: str, row: str) -> None:
    schema, example = response_schema_and_example(resource, row)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(example)


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_example_has_exactly_the_fields(resource: str) -> None:
    schema, example = response_schema_and_example(resource, "{id}/")
    missing, unknown = field_differences(schema, example)
    assert (without_options(missing, resource), unknown) == (set(), set())


def without_options(names: set[str], resource: str) -> set[str]:
    """Returns the names of fields without those that only `expand` and `highlight` return."""
    serializer = RESOURCES[resource].serializer_class
    expansions = set(all_field_names(serializer)) - set(field_names(serializer))
    return {name for name in names - expansions if name.rpartition(".")[2] != HIGHLIGHT}


def field_differences(schema: Any, value: Any, path: str = "") -> tuple[set[str], set[str]]:
    """Returns the fields, nested ones too, that only the schema has, and those that only the value has."""
    while keywords := [name for name in ("$ref", "allOf", "oneOf", "anyOf") if name in schema]:
        if "$ref" in schema:
            schema = SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        else:
            schema = schema[keywords[0]][0]
    if isinstance(value, list) and "items" in schema:
        results = [field_differences(schema["items"], item, path) for item in value]
    elif isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        missing, unknown = ({f"{path}{n}" for n in a if n not in b} for a, b in ((known, value), (value, known)))
        results = [(missing, unknown)]
        results += [field_differences(known[n], item, f"{path}{n}.") for n, item in value.items() if n in known]
    else:
        return set(), set()
    return set().union(*(item[0] for item in results)), set().union(*(item[1] for item in results))


def test_missing_and_unknown_fields_are_found() -> None:
    schema, example = response_schema_and_example("quotes", "{id}/")
    example = example | {"speaker": {"name": "Lena Ford", "age": 40}}
    missing, unknown = field_differences(schema, example)
    assert (without_options(missing, "quotes"), unknown) == (
        {"speaker.id", "speaker.kind", "speaker.wikidata_id", "speaker.url"},
        {"speaker.age"},
    )


@pytest.mark.parametrize("resource", RESOURCES)
def test_urls_in_examples_are_of_this_api(resource: str) -> None:
    row = examples.example_rows()[resource]
    page = row.pop("page_url", None)
    assert page is None or "/api/" not in page
    own = [value for key, value in row.items() if key == "api_url" or (key.endswith("url") and resource != "sources")]
    assert own
    assert all("/api/v1/" in value for value in own if value)


def test_every_operation_documents_keys_and_rate_limits() -> None:
    for path, operations in SCHEMA["paths"].items():
        for operation in operations.values():
            assert {"401", "429"} <= set(operation["responses"])
            needs_key = operation["tags"] in (["intake"], ["check"])
            # Not elsewhere: some generators would have every client send a key.
            assert operation.get("security") == ([{"key": []}] if needs_key else None), path
    assert SCHEMA["security"] == [{"key": []}, {}]
