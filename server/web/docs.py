"""`/api/docs`: the API's description as one page of ours, without scripts and without anything from elsewhere."""

import json
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_METHODS = ("get", "post", "put", "patch", "delete")

Json = dict[str, Any]


def docs_router() -> APIRouter:
    """`GET /api/docs`."""
    router = APIRouter(include_in_schema=False)
    page = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template("docs.html")

    @router.get("/api/docs")
    async def show_docs(request: Request) -> HTMLResponse:
        described: Json = request.app.openapi()
        text = page.render(groups=_groups(described), schemas=_schemas(described), version=described["info"]["version"])
        return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY})

    return router


def _groups(described: Json) -> dict[str, list[Json]]:
    """Operations by the feature that they belong to, in the order in which they were added."""
    groups: dict[str, list[Json]] = {}
    for path, methods in described["paths"].items():
        for method in _METHODS:
            if method in methods:
                operation = methods[method]
                groups.setdefault((operation.get("tags") or ["other"])[0], []).append(
                    _operation(path, method, operation)
                )
    return groups


def _operation(path: str, method: str, operation: Json) -> Json:
    answers = {code: answer for code, answer in operation.get("responses", {}).items() if code.startswith("2")}
    code, answer = next(iter(answers.items()), ("200", {}))
    return {
        "path": path,
        "method": method.upper(),
        "anchor": f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""),
        "says": operation.get("description") or operation.get("summary", ""),
        "locked": bool(operation.get("security")),
        "parameters": [_parameter(given) for given in operation.get("parameters", [])],
        "takes": _body_type(operation.get("requestBody", {})),
        "code": code,
        "gives": _body_type(answer),
    }


def _parameter(given: Json) -> Json:
    return {
        "name": given["name"],
        "place": given["in"],
        "type": _type_of(given.get("schema", {})),
        "required": given.get("required", False),
        "says": given.get("description", ""),
    }


def _body_type(body: Json) -> str:
    schema: Json = body.get("content", {}).get("application/json", {}).get("schema", {})
    return _type_of(schema) if schema else ""


def _schemas(described: Json) -> list[Json]:
    found = described.get("components", {}).get("schemas", {})
    return [_schema(name, schema) for name, schema in sorted(found.items()) if "HTTPValidation" not in name]


def _schema(name: str, schema: Json) -> Json:
    needed = set(schema.get("required", []))
    fields = [
        {
            "name": field,
            "type": _type_of(given),
            "required": field in needed,
            "says": given.get("description", ""),
            "default": json.dumps(given["default"]) if given.get("default") is not None else "",
        }
        for field, given in schema.get("properties", {}).items()
    ]
    return {"name": name, "says": schema.get("description", ""), "fields": fields, "type": _type_of(schema)}


def _type_of(schema: Json) -> str:
    """A type as people write it: `uuid`, `BlobRef`, `list of ShortText`, `one of "live", "staging"`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "enum" in schema:
        return "one of " + ", ".join(json.dumps(value) for value in schema["enum"])
    if "const" in schema:
        return json.dumps(schema["const"])
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        return " or ".join(_type_of(option) for option in options)
    return _plain_type(schema)


def _plain_type(schema: Json) -> str:
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_type_of(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"map to {_type_of(schema['additionalProperties'])}"
    return str(schema.get("format", kind)).replace("-", " ")
