# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks requests against the published API documents: those of VNG Realisatie, and those of Open Zaak and Open Klant.

Only requests: the real answers carry nulls that their own documents do not allow. The documents are not part of Loket;
they lie in `$LOKET_SHARED/contracts`, or in `shared/contracts` beside the repository.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from requests.adapters import HTTPAdapter
from werkzeug.datastructures import Headers, ImmutableMultiDict

from sync.practice import RecordedRequest

DOCUMENTS = {
    "zaken": ("vng-zaken-1.7.0", "openzaak-zaken"),
    "documenten": ("vng-documenten-1.7.1", "openzaak-documenten"),
    "catalogi": ("vng-catalogi-1.4.0", "openzaak-catalogi"),
    "klantinteracties": ("openklant-klantinteracties",),
}
_HOST = "http://contract.invalid"
_METHODS = frozenset({"get", "head", "post", "put", "patch", "delete"})


def contracts_folder() -> Path:
    """Give the folder with the documents; it need not exist."""
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    return Path(os.environ.get("LOKET_SHARED") or beside) / "contracts"


@dataclass(slots=True)
class _Shaped:
    """A request in the shape that openapi-core asks for."""

    method: str
    path: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters  # openapi-core writes what it read from the path into it, so this is not frozen
    host_url: str = _HOST
    full_url_pattern: str = ""


@dataclass(frozen=True, slots=True)
class _Operation:
    path: re.Pattern[str]
    method: str
    query: frozenset[str]


class Contract:
    """One published document."""

    def __init__(self, name: str, spec: dict[str, Any]) -> None:
        self.name = name
        # Where an API lives is no business of the document: what comes after `/<api>/api/v1` is.
        spec["servers"] = [{"url": _HOST}]
        _mend_references(spec)
        self._operations = tuple(_operations(spec))
        self._api = OpenAPI.from_dict(spec, config=Config(spec_validator_cls=None))

    def problems(self, request: _Shaped) -> Iterator[str]:
        """Give everything that this document has against a request."""
        where = f"{self.name}: {request.method.upper()} {request.path}"
        operation = self._operation(request)
        if operation is None:
            yield f"{where}: the document has no such call"
            return
        for error in self._api.iter_request_errors(request):
            for text in _texts(error):
                yield f"{where}: {text}"
        # openapi-core lets parameters pass that the document does not know; both servers refuse them.
        for key in sorted(set(request.parameters.query) - operation.query):
            yield f"{where}: the document has no query parameter {key}"

    def _operation(self, request: _Shaped) -> _Operation | None:
        for operation in self._operations:
            if operation.method == request.method and operation.path.fullmatch(request.path):
                return operation
        return None


@cache
def contract(name: str) -> Contract:
    """Load a document, once in a run."""
    text = (contracts_folder() / f"{name}.selfcontained.json").read_text(encoding="utf-8")
    return Contract(name, json.loads(text))


def problems(request: RecordedRequest) -> list[str]:
    """Give everything that the documents have against this request; empty when it is valid for all."""
    api, _, rest = request.path.lstrip("/").partition("/api/v1")
    if api not in DOCUMENTS:
        return [f"{request.method} {request.path}: no API of ours"]
    headers = Headers(list(request.headers.items()))
    query = ImmutableMultiDict(parse_qsl(request.query, keep_blank_values=True))
    shaped = _Shaped(
        method=request.method.lower(),
        path=rest,
        body=request.body or None,
        content_type=headers.get("content-type", ""),
        parameters=RequestParameters(query=query, header=headers, cookie=ImmutableMultiDict(), path={}),
    )
    return [problem for name in DOCUMENTS[api] for problem in contract(name).problems(shaped)]


@dataclass(slots=True)
class Recorder:
    """Collects requests: give it to `PracticeBackEnd(on_request=...)`, or use `watch` on a requests session."""

    seen: list[RecordedRequest] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: RecordedRequest) -> None:
        with self._lock:
            self.seen.append(request)

    def watch(self, session: requests.Session) -> None:
        """Collect what this session sends, to whatever server."""
        for prefix in ("http://", "https://"):
            session.mount(prefix, _RecordingAdapter(self))

    def problems(self) -> list[str]:
        """Give everything that the documents have against all requests so far."""
        with self._lock:
            return [problem for request in self.seen for problem in problems(request)]

    def assert_valid(self) -> None:
        """Fail when there is no request, or one that a document does not allow."""
        assert self.seen, "no request was recorded, so nothing is proved"
        found = self.problems()
        assert not found, "\n".join(found)


class _RecordingAdapter(HTTPAdapter):
    """Sends as always and keeps a copy."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        body = request.body or b""
        sent = body.encode() if isinstance(body, str) else bytes(body)
        headers = {name.lower(): str(value) for name, value in request.headers.items()}
        self._recorder(RecordedRequest(request.method or "", parts.path, parts.query, headers, sent))
        return super().send(request, *args, **kwargs)


@pytest.fixture
def recorder(shared_dir: Path) -> Iterator[Recorder]:
    """Give a recorder; at the end of the test every request it saw must be valid."""
    assert (shared_dir / "contracts").is_dir()
    recorder = Recorder()
    yield recorder
    recorder.assert_valid()


def _operations(spec: Mapping[str, Any]) -> Iterator[_Operation]:
    for path, item in spec["paths"].items():
        pattern = re.compile("".join(_segment(part) for part in re.split(r"(\{[^}]+\})", path)))
        for method in _METHODS & set(item):
            parameters = [*item.get("parameters", ()), *item[method].get("parameters", ())]
            known = (_resolved(spec, parameter) for parameter in parameters)
            query = frozenset(parameter["name"] for parameter in known if parameter["in"] == "query")
            yield _Operation(pattern, method, query)


def _mend_references(spec: Mapping[str, Any]) -> None:
    """Read a filter that the document describes as "URL-referentie" but types as integer as the address that it is.

    A slip in the documents of Open Zaak (its generator shows the key of its database); the server takes addresses only.
    """
    for item in spec["paths"].values():
        for parameter in item.get("get", {}).get("parameters", ()):
            is_reference = str(parameter.get("description", "")).startswith("URL-referentie")
            if parameter.get("in") == "query" and is_reference and parameter["schema"].get("type") == "integer":
                parameter["schema"] = {"type": "string", "format": "uri"}


def _segment(part: str) -> str:
    return "[^/]+" if part.startswith("{") else re.escape(part)


def _resolved(spec: Mapping[str, Any], item: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in item:
        target: Any = spec
        for key in str(item["$ref"]).removeprefix("#/").split("/"):
            target = target[key]
        item = target
    return item


def _texts(error: BaseException) -> Iterator[str]:
    cause = error.__cause__
    inner = getattr(cause, "schema_errors", None) or getattr(error, "schema_errors", None)
    if not inner:
        yield f"{error}: {cause}" if cause else str(error)
        return
    for one in inner:
        yield f"{'/'.join(str(part) for part in one.absolute_path) or 'body'}: {one.message[:200]}"
