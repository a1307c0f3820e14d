"""What can go wrong. Every message is a sentence, with the code to program against and the name of the request in the server's logs."""

from __future__ import annotations

from typing import Any, Dict, Optional, Type


class RapidaError(Exception):
    """A request that did not succeed."""

    def __init__(
        self,
        detail: str,
        *,
        status: Optional[int] = None,
        code: Optional[str] = None,
        trace_id: Optional[str] = None,
        errors: Optional[Dict[str, Any]] = None,
        retry_after: Optional[float] = None,
    ) -> None:
        known = [str(part) for part in (status, code) if part is not None]
        if trace_id is not None:
            known.append(f"trace {trace_id}")
        super().__init__(f"{detail} ({', '.join(known)})" if known else detail)
        self.detail = detail
        """A sentence for people. Its words may change."""
        self.status = status
        """The HTTP status; None when there was no answer."""
        self.code = code
        """Stable, to program against: ``call_unknown``. None when the answer had none."""
        self.trace_id = trace_id
        """Names the request in the server's logs."""
        self.errors = errors or {}
        """What is wrong with which field, where the server says so."""
        self.retry_after = retry_after
        """Seconds that the server asks to wait."""


class Invalid(RapidaError):
    """The request is not one that the server takes: 400, 413, 415 or 422. The detail says what to change."""


class Unauthenticated(RapidaError):
    """The API key is missing, mistyped, expired or revoked: 401."""


class Forbidden(RapidaError):
    """The API key is good, and lacks the scope: 403."""


class NotFound(RapidaError):
    """There is no such thing in this project: 404."""


class Conflict(RapidaError):
    """What there is does not allow it: 409, such as ``call_answered``."""


class RateLimited(RapidaError):
    """Too many requests: 429, also after the retries. ``retry_after`` says how long to wait."""


class ServerError(RapidaError):
    """The server failed, 500 and above, also after the retries; or its answer was not understood."""


class ConnectionFailed(RapidaError):
    """
    There was no answer, or not the whole of it. Whether the request was carried out nobody knows, unless ``never_sent``.
    A call is not placed twice when ``calls.create`` is repeated with the same ``idempotency_key``.
    """

    def __init__(self, detail: str, *, never_sent: bool = False, final: bool = False) -> None:
        super().__init__(detail)
        self.never_sent = never_sent
        """The connection did not come about, so nothing has happened."""
        self.final = final
        """Trying again would not help: a certificate that does not hold."""


BY_STATUS: Dict[int, Type[RapidaError]] = {
    400: Invalid,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: Invalid,
    415: Invalid,
    422: Invalid,
    429: RateLimited,
}


def class_of(status: int) -> Type[RapidaError]:
    return BY_STATUS.get(status, ServerError if status >= 500 else RapidaError)
