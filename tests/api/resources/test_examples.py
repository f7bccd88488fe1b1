"""The examples of the API's description say what the API would: each is checked against its schema."""

from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from claims.api.resources import examples
from claims.api.resources.viewsets import RESOURCES

SCHEMA: Any = SchemaGenerator().get_schema(public=True)


def response_schema_and_example(resource: str, row: str) -> tuple[Any, Any]:
    """The JSON Schema of an answer, and its example."""
    content = SCHEMA["paths"][f"/api/v1/{resource}/{row}"]["get"]["responses"]["200"]["content"]["application/json"]
    return content["schema"] | {"components": SCHEMA["components"]}, content["examples"]["made_up"]["value"]


@pytest.mark.parametrize("row", ["", "{id}/"], ids=["list", "detail"])
@pytest.mark.parametrize("resource", RESOURCES)
def test_an_example_is_what_its_schema_says(resource: str, row: str) -> None:
    schema, example = response_schema_and_example(resource, row)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(example)


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_example_has_every_field_and_no_other(resource: str) -> None:
    schema, example = response_schema_and_example(resource, "{id}/")
    missing, unknown = field_differences(schema, example)
    assert (missing, unknown) == (set(), set())


def field_differences(schema: Any, value: Any, at: str = "") -> tuple[set[str], set[str]]:
    """Fields, nested ones too, that the schema has and the value has not; and the other way round."""
    while several := [name for name in ("$ref", "allOf", "oneOf", "anyOf") if name in schema]:
        if "$ref" in schema:
            schema = SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        else:
            schema = schema[several[0]][0]
    if isinstance(value, list) and "items" in schema:
        found = [field_differences(schema["items"], each, at) for each in value]
    elif isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        missing, unknown = ({f"{at}{n}" for n in a if n not in b} for a, b in ((known, value), (value, known)))
        found = [(missing, unknown)]
        found += [field_differences(known[n], each, f"{at}{n}.") for n, each in value.items() if n in known]
    else:
        return set(), set()
    return set().union(*(each[0] for each in found)), set().union(*(each[1] for each in found))


def test_the_walk_sees_a_field_that_is_missing_or_too_many() -> None:
    schema, example = response_schema_and_example("quotes", "{id}/")
    example = example | {"speaker": {"name": "Lena Ford", "age": 40}}
    assert field_differences(schema, example) == (
        {"speaker.id", "speaker.kind", "speaker.wikidata_id", "speaker.url"},
        {"speaker.age"},
    )


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_address_of_an_example_is_one_of_this_api(resource: str) -> None:
    row = examples.example_rows()[resource]
    own = [value for key, value in row.items() if key == "api_url" or (key.endswith("url") and resource != "sources")]
    assert own
    assert all("/api/v1/" in value for value in own if value)


def test_who_may_ask_how_often_is_said_for_every_operation() -> None:
    for path in SCHEMA["paths"].values():
        assert {"401", "429"} <= set(path["get"]["responses"])
        assert {} in path["get"]["security"]
        assert {"key": []} in path["get"]["security"]
