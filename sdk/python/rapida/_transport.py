"""Requests, what is tried again and when, and how answers become values or errors."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from datetime import timezone
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, Dict, Iterator, Mapping, Optional, Tuple, Type, TypeVar, cast
from urllib.parse import quote, urlencode

from ._connections import Connections
from ._errors import ConnectionFailed, RapidaError, ServerError, class_of
from ._json import Unreadable, decode
from ._version import __version__

T = TypeVar("T")

FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
# Who is told to wait longer than this decides for himself: the error says how long.
LONGEST_RETRY_AFTER = 30.0
_CHUNK = 64 * 1024


def segment(text: str) -> str:
    """An id as a part of a path. Without one the path would be another's."""
    if text.strip() in ("", ".", ".."):
        raise ValueError("An id is missing.")
    return quote(text, safe="")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    body: Optional[bytes]
    headers: Dict[str, str]
    repeatable: bool
    """That it is carried out twice does no harm: a GET, or one with an Idempotency-Key."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    body: bytes


class Transport:
    def __init__(self, connections: Connections, api_key: str, retries: int) -> None:
        self._connections = connections
        self._api_key = api_key
        self.retries = retries
        self.sleep = time.sleep
        self.now = time.monotonic

    def get(self, kind: Type[T], path: str, query: Optional[Mapping[str, object]] = None) -> T:
        asked = urlencode({name: value for name, value in (query or {}).items() if value is not None})
        return self.send(kind, "GET", f"{path}?{asked}" if asked else path, repeatable=True)

    def send(
        self,
        kind: Type[T],
        method: str,
        path: str,
        body: Optional[Mapping[str, object]] = None,
        *,
        headers: Optional[Mapping[str, str]] = None,
        repeatable: bool = False,
    ) -> T:
        answer = self._answer(self._request(method, path, body, headers, repeatable))
        try:
            return decode(kind, json.loads(answer.body))
        except Unreadable as wrong:
            raise _not_understood(method, path, answer, str(wrong)) from None
        except (ValueError, RecursionError):
            raise _not_understood(method, path, answer, "it is not JSON") from None

    def send_for_nothing(self, method: str, path: str) -> None:
        self._answer(self._request(method, path, None, None, False))

    def stream(self, path: str) -> Iterator[bytes]:
        """A body as it comes. When the connection is lost, the rest is asked for with a Range."""
        read = 0
        for attempt in range(self.retries + 1):
            request = self._request("GET", path, None, {"range": f"bytes={read}-"} if read else None, True)
            try:
                connection, response = self._begin(request)
                if response.status >= 300:
                    self._wait_or_raise(request, attempt, _error_of(self._read(connection, response)))
                    continue
                try:
                    if read and response.status != 206:
                        raise ServerError("The connection was lost, and the server does not send the rest alone.", status=response.status)
                    for chunk in self._chunks(response):
                        read += len(chunk)
                        yield chunk
                except BaseException:
                    # Also when somebody stops in the middle: the rest of the body stands in the way of the next answer.
                    connection.close()
                    raise
                self._connections.give_back(connection)
                return
            except ConnectionFailed as failure:
                self._wait_or_raise(request, attempt, failure)

    def wait_before(self, attempt: int, retry_after: Optional[float] = None) -> float:
        """Seconds. Half of it is chance: those who failed together do not come back together."""
        if retry_after is not None:
            return retry_after + random.uniform(0, FIRST_WAIT)
        longest = min(LONGEST_WAIT, FIRST_WAIT * 2**attempt)
        return random.uniform(longest / 2, longest)

    def _request(
        self,
        method: str,
        path: str,
        body: Optional[Mapping[str, object]],
        headers: Optional[Mapping[str, str]],
        repeatable: bool,
    ) -> Request:
        sent = {"x-api-key": self._api_key, "accept": "application/json", "user-agent": f"rapida-python/{__version__}", **(headers or {})}
        if body is None:
            return Request(method, path, None, sent, repeatable)
        sent["content-type"] = "application/json"
        return Request(method, path, json.dumps(body, ensure_ascii=False, allow_nan=False).encode(), sent, repeatable)

    def _answer(self, request: Request) -> Answer:
        for attempt in range(self.retries + 1):
            try:
                answer = self._read(*self._begin(request))
                if answer.status < 300:
                    return answer
                self._wait_or_raise(request, attempt, _error_of(answer))
            except ConnectionFailed as failure:
                self._wait_or_raise(request, attempt, failure)
        raise AssertionError("The last attempt raises.")

    def _wait_or_raise(self, request: Request, attempt: int, error: RapidaError) -> None:
        if attempt == self.retries or not _may_be_tried_again(request, error):
            raise error
        self.sleep(self.wait_before(attempt, error.retry_after))

    def _begin(self, request: Request) -> Tuple[HTTPConnection, HTTPResponse]:
        connection = self._connections.take()
        try:
            connection.request(request.method, self._connections.prefix + request.path, request.body, request.headers)
            return connection, connection.getresponse()
        except (OSError, HTTPException) as failure:
            connection.close()
            raise self._connections.failed(failure) from failure

    def _read(self, connection: HTTPConnection, response: HTTPResponse) -> Answer:
        try:
            body = response.read()
        except (OSError, HTTPException) as failure:
            connection.close()
            raise self._connections.failed(failure) from failure
        self._connections.give_back(connection)
        return Answer(response.status, response.headers, body)

    def _chunks(self, response: HTTPResponse) -> Iterator[bytes]:
        announced = response.headers.get("content-length", "")
        read = 0
        while True:
            try:
                chunk = response.read(_CHUNK)
                # http.client raises when a whole body is cut short, and not when it is read in pieces.
                if not chunk and announced.isdecimal() and read < int(announced):
                    raise HTTPException("cut short")
            except (OSError, HTTPException) as failure:
                raise self._connections.failed(failure) from failure
            if not chunk:
                return
            read += len(chunk)
            yield chunk


def _may_be_tried_again(request: Request, error: RapidaError) -> bool:
    if isinstance(error, ConnectionFailed):
        return not error.final and (error.never_sent or request.repeatable)
    if error.retry_after is not None and error.retry_after > LONGEST_RETRY_AFTER:
        return False
    # A 429 is said before anything is done, so that every request may come again.
    return error.status == 429 or (error.status in (500, 502, 503, 504) and request.repeatable)


def _error_of(answer: Answer) -> RapidaError:
    # {"title":"Not Found","status":404,"detail":"There is no such call in this project.","code":"call_unknown","trace_id":"00-4bf9…"}
    try:
        problem = cast(object, json.loads(answer.body))
    except (ValueError, RecursionError):
        problem = None
    told = cast(Dict[str, object], problem) if isinstance(problem, dict) else {}
    detail, code, trace, errors = told.get("detail"), told.get("code"), told.get("trace_id"), told.get("errors")
    return class_of(answer.status)(
        detail if isinstance(detail, str) else _detail_of(answer.status),
        status=answer.status,
        code=code if isinstance(code, str) else None,
        trace_id=trace if isinstance(trace, str) else None,
        errors=cast(Dict[str, Any], errors) if isinstance(errors, dict) else None,
        retry_after=_retry_after(answer.headers.get("retry-after")),
    )


def _detail_of(status: int) -> str:
    if 300 <= status < 400:
        return "The server sends us elsewhere, where the key does not follow: check the base URL."
    return "The server refused, and did not say why: check the base URL." if status < 500 else "The server failed, and did not say why."


def _retry_after(text: Optional[str]) -> Optional[float]:
    # Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, date.replace(tzinfo=date.tzinfo or timezone.utc).timestamp() - time.time())


def _not_understood(method: str, path: str, answer: Answer, why: str) -> ServerError:
    return ServerError(f"The answer to {method} {path.split('?')[0]} was not understood: {why}.", status=answer.status)
