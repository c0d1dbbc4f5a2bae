"""The description of the API as people read it: chapters of operations, each with its values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from antenne.api.v1.scopes import scopes_asked

_PREFIX: Final = "#/components/schemas/"
_DEEP: Final = 3
_ENOUGH: Final = 12


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is sent or said: where it stands, its name, what it may be."""

    name: str
    place: str
    kind: str
    needed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Described:
    """One operation as the page shows it; *said* is an answer's shape, as JSON."""

    name: str
    method: str
    path: str
    summary: str
    public: bool
    scopes: tuple[str, ...]
    takes: tuple[Value, ...]
    content_type: str
    status: str
    said: str
    refusals: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations of one subject."""

    name: str
    operations: tuple[Described, ...]

    @property
    def title(self) -> str:
        """Return the subject as a heading says it."""
        return self.name.capitalize()


def chapters_of(document: dict[str, Any]) -> tuple[Chapter, ...]:
    """Return the operations of an OpenAPI document by their first tag, in its order."""
    found: dict[str, list[Described]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = operation["tags"][0]
            described = _described(path, method, operation, document)
            found.setdefault(tag, []).append(described)
    return tuple(Chapter(name, tuple(rows)) for name, rows in found.items())


def _described(
    path: str, method: str, operation: dict[str, Any], document: dict[str, Any]
) -> Described:
    status, answer = next(
        (status, said) for status, said in operation["responses"].items() if status[0] == "2"
    )
    body = operation.get("requestBody", {}).get("content", {})
    content_type = next(iter(body), "")
    schema = answer.get("content", {}).get("application/json", {}).get("schema")
    asked = [_parameter(each, document) for each in operation.get("parameters", [])]
    if content_type:
        asked += _fields(body[content_type]["schema"], document)
    return Described(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        public={} in operation.get("security", []),
        scopes=tuple(sorted(scopes_asked(operation))),
        takes=tuple(asked),
        content_type=content_type,
        status=status,
        said=json.dumps(_shape(schema, document), indent=2) if schema else "",
        refusals=", ".join(each for each in operation["responses"] if each[0] == "4"),
    )


def _parameter(each: dict[str, Any], document: dict[str, Any]) -> Value:
    schema = each["schema"]
    words = each.get("description") or schema.get("description", "")
    kind = _kind(schema, document)
    return Value(each["name"], each["in"], kind, bool(each.get("required")), words)


def _fields(schema: dict[str, Any], document: dict[str, Any]) -> list[Value]:
    """Return what stands in a body, by field."""
    whole = _resolved(schema, document)
    needed = whole.get("required", [])
    return [
        Value(name, "body", _kind(part, document), name in needed, part.get("description", ""))
        for name, part in whole.get("properties", {}).items()
    ]


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference leads to."""
    target = schema.get("$ref", "")
    if not target and len(schema.get("allOf", [])) == 1:
        target = schema["allOf"][0].get("$ref", "")
    if not target:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][target.removeprefix(_PREFIX)]
    return found


def _kind(schema: dict[str, Any], document: dict[str, Any]) -> str:
    """Return what a value may be, in a few words."""
    whole = _resolved(schema, document)
    if "anyOf" in whole:
        return " or ".join(dict.fromkeys(_kind(each, document) for each in whole["anyOf"]))
    if "enum" in whole or "const" in whole:
        shown = [json.dumps(each) for each in whole.get("enum", [whole.get("const")])]
        return ", ".join(shown[:_ENOUGH]) + (" …" if len(shown) > _ENOUGH else "")
    if whole.get("type") == "array":
        return f"list of {_kind(whole.get('items', {}), document)}"
    if "properties" in whole:
        return "{" + ", ".join(whole["properties"]) + "}"
    return _limited(whole)


def _limited(whole: dict[str, Any]) -> str:
    """Return a plain type with its format and its bounds."""
    said = [str(whole.get("format") or whole.get("type", "anything"))]
    names = {"minimum": "≥", "maximum": "≤", "minLength": "length ≥", "maxLength": "length ≤"}
    said += [f"{sign} {whole[name]}" for name, sign in names.items() if name in whole]
    return " ".join(said)


def _shape(schema: dict[str, Any], document: dict[str, Any], deep: int = 0) -> Any:  # noqa: ANN401 - JSON
    """Return an answer's shape: each value is what it may be."""
    whole = _resolved(schema, document)
    if whole.get("type") == "array":
        return [_shape(whole.get("items", {}), document, deep + 1)]
    if "properties" in whole and deep < _DEEP:
        parts = whole["properties"].items()
        return {name: _shape(part, document, deep + 1) for name, part in parts}
    kinds = [each for each in whole.get("anyOf", []) if each.get("type") != "null"]
    if len(kinds) == 1 and "$ref" in kinds[0] and deep < _DEEP:
        return _shape(kinds[0], document, deep)
    return _kind(schema, document)
