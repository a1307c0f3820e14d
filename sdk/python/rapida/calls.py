"""Calls: placing them, looking at them, ending them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Dict, List, Mapping, Optional, Union

from ._json import given, time_text
from ._paging import Listing, listing
from ._transport import Transport, segment

OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
"""The statuses that do not change any more. A server may have other words than those that are known here."""


@dataclass(frozen=True)
class ConversationRef:
    id: str


@dataclass(frozen=True)
class CallError:
    """What the carrier says that went wrong."""

    code: int
    """At Twilio one of https://www.twilio.com/docs/api/errors."""
    message: Optional[str] = field(default=None, repr=False)


@dataclass(frozen=True)
class CallOptions:
    """What is otherwise in this call than in the phone deployment."""

    greeting: Optional[str] = None
    idle_timeout_seconds: Optional[float] = None
    idle_message: Optional[str] = None
    idle_retries: Optional[int] = None
    max_duration_seconds: Optional[float] = None


@dataclass(frozen=True)
class CallEvent:
    """Something that happened to a call."""

    kind: str
    """``dial``, ``call``, ``stream``, ``recording``, ``machine-detection``; there may be others."""
    word: str
    at: datetime
    detail: Optional[str] = field(default=None, repr=False)
    """A SIP response code, an error's code or sentence."""


@dataclass
class Call:
    """A call as it was when it was asked for. Numbers are not in its repr, which ends in logs."""

    id: str
    conversation: ConversationRef
    """What is said in it: ``client.conversations.get(call.conversation.id)``."""
    assistant_id: str
    direction: str
    """``inbound`` or ``outbound``."""
    status: str
    """``queued``, ``initiated``, ``ringing``, ``in-progress``, or how it ended: ``completed``, ``busy``, ``no-answer``, ``failed``, ``canceled``."""
    created_at: datetime
    assistant_version: Optional[int] = None
    provider_call_id: Optional[str] = None
    """The carrier's id of it, at Twilio the CallSid. None before it is dialled."""
    from_number: Optional[str] = field(default=None, repr=False, metadata={"name": "from"})
    to_number: Optional[str] = field(default=None, repr=False, metadata={"name": "to"})
    metadata: Dict[str, Any] = field(default_factory=dict[str, Any], repr=False)
    """As it was given to ``create``."""
    ended_by: Optional[str] = None
    """``caller``, ``assistant``, ``idle``, ``max_duration``, ``operator``, ``machine``, ``error`` or ``carrier``."""
    fault: Optional[str] = None
    """Whose fault it was that it ended so: ``none``, ``caller``, ``carrier``, ``provider``, ``tenant`` or ``us``."""
    failure: Optional[str] = None
    """Why it could not be held, such as ``missing_version``."""
    reason: Optional[str] = field(default=None, repr=False)
    """The same as a sentence."""
    answered_by: Optional[str] = None
    """Who answered, where a machine was looked for."""
    sip_code: Optional[int] = None
    error: Optional[CallError] = None
    price: Optional[Decimal] = None
    price_unit: Optional[str] = None
    duration_seconds: Optional[int] = None
    answered_at: Optional[datetime] = None
    ended_at: Optional[datetime] = None
    _calls: Optional["Calls"] = field(default=None, repr=False, compare=False)

    @property
    def is_over(self) -> bool:
        return self.status in OVER or self.ended_at is not None

    def refresh(self) -> "Call":
        """Makes this the call as it is now."""
        return self._become(self._client.get(self.id))

    def wait(self, timeout: float = 600.0, every: float = 1.0) -> "Call":
        """Refreshes this until the call is over; see ``calls.wait``."""
        return self._become(self._client.wait(self.id, timeout=timeout, every=every))

    def cancel(self) -> "Call":
        return self._become(self._client.cancel(self.id))

    def hang_up(self) -> "Call":
        return self._become(self._client.hang_up(self.id))

    def events(self) -> List[CallEvent]:
        return self._client.events(self.id)

    @property
    def _client(self) -> "Calls":
        if self._calls is None:
            raise RuntimeError("This call came from no client.")
        return self._calls

    def _become(self, other: "Call") -> "Call":
        self.__dict__.update(other.__dict__)
        return self


@dataclass(frozen=True)
class _Events:
    events: List[CallEvent]


class Calls:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        assistant_id: Union[int, str],
        to_number: str,
        from_number: Optional[str] = None,
        version: Optional[int] = None,
        metadata: Optional[Mapping[str, Any]] = None,
        args: Optional[Mapping[str, str]] = None,
        options: Union[CallOptions, Mapping[str, object], None] = None,
        machine_detection: Optional[str] = None,
        idempotency_key: Optional[str] = None,
    ) -> Call:
        """
        Queues a call, and returns before anybody is rung.

        ``from_number`` is the phone deployment's if left out, ``version`` the live one. ``metadata`` comes back with the call, ``args`` are
        variables of the prompt and the greeting. ``machine_detection`` is ``off``, ``hang_up`` or ``continue``.

        The key makes sure that nobody is rung twice, however often the request is sent. One is made for each ``create``; give your own,
        1 to 100 visible ASCII characters, and the same call is meant also after your program has started anew.
        """
        body = given(
            # A number of 64 bits is not safe in everybody's JSON.
            assistant_id=str(assistant_id),
            version=version,
            to_number=to_number,
            from_number=from_number,
            metadata=metadata,
            args=args,
            options=options,
            machine_detection=machine_detection,
        )
        headers = {"idempotency-key": _checked(idempotency_key or uuid.uuid4().hex)}
        return self._ours(self._transport.send(Call, "POST", "/v1/calls", body, headers=headers, repeatable=True))

    def get(self, id: str) -> Call:
        return self._ours(self._transport.get(Call, f"/v1/calls/{segment(id)}"))

    def list(
        self,
        *,
        status: Optional[str] = None,
        direction: Optional[str] = None,
        assistant_id: Union[int, str, None] = None,
        provider_call_id: Optional[str] = None,
        to_number: Optional[str] = None,
        from_number: Optional[str] = None,
        created_after: Optional[datetime] = None,
        created_before: Optional[datetime] = None,
        page_size: Optional[int] = None,
        page_token: Optional[str] = None,
    ) -> Listing[Call]:
        """Newest first, those in progress too. ``provider_call_id`` is the carrier's id, at Twilio the CallSid."""
        query: Dict[str, object] = {
            "status": status,
            "direction": direction,
            "assistant_id": assistant_id,
            "provider_call_id": provider_call_id,
            "to": to_number,
            "from": from_number,
            "created_after": time_text(created_after) if created_after else None,
            "created_before": time_text(created_before) if created_before else None,
            "page_size": page_size,
        }
        return listing(self._transport, Call, "/v1/calls", "calls", query, page_token, self._ours)

    def events(self, id: str) -> List[CallEvent]:
        """What happened to a call, oldest first."""
        return self._transport.get(_Events, f"/v1/calls/{segment(id)}/events").events

    def cancel(self, id: str) -> Call:
        """Takes a call back that nobody has answered yet. ``Conflict`` with code ``call_answered`` if somebody has."""
        return self._end(f"/v1/calls/{segment(id)}/cancel")

    def hang_up(self, id: str) -> Call:
        """Ends a call. The answer comes before the line is down."""
        return self._end(f"/v1/calls/{segment(id)}/hangup")

    def wait(self, id: str, timeout: float = 600.0, every: float = 1.0) -> Call:
        """Asks every second until the call is over. ``TimeoutError`` when it is not after ``timeout`` seconds; the call goes on then."""
        until = self._transport.now() + timeout
        while True:
            call = self.get(id)
            left = until - self._transport.now()
            if call.is_over:
                return call
            if left <= 0:
                raise TimeoutError(f"The call {id} was still {call.status} after {timeout:g} s.")
            self._transport.sleep(min(every, left))

    def _end(self, path: str) -> Call:
        # A call that has ended stays as it is: to be told twice does no harm.
        return self._ours(self._transport.send(Call, "POST", path, repeatable=True))

    def _ours(self, call: Call) -> Call:
        return replace(call, _calls=self)


def _checked(key: str) -> str:
    if not (0 < len(key) <= 100 and all("!" <= letter <= "~" for letter in key)):
        raise ValueError("An idempotency key has 1 to 100 visible ASCII characters.")
    return key
