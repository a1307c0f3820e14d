"""Conversations: what was said in calls, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Dict, List, Optional

from ._paging import Listing, listing
from ._transport import Transport, segment


@dataclass(frozen=True)
class Waterfall:
    """Where the time before an answer went: milliseconds since the caller's last voice. None: not reached."""

    end_of_turn_ms: Optional[int]
    transcript_ms: Optional[int]
    first_token_ms: Optional[int]
    first_audio_ms: Optional[int]
    first_sent_ms: Optional[int]
    first_confirmed_ms: Optional[int]


@dataclass(frozen=True)
class Turn:
    attempt: int
    """The media stream it belongs to: a call that was transferred and came back has more than one."""
    index: int
    speaker: str
    """``caller`` or ``assistant``."""
    text: str = field(repr=False)
    """What was said; by an assistant that was interrupted, what was heard of it."""
    start_ms: int
    """Place in the recording, as ``end_ms``."""
    end_ms: int
    interrupted: bool
    gap_ms: int
    """From the caller's last voice to the assistant's first; 0 when it is not an answer."""
    waterfall: Optional[Waterfall] = None


@dataclass(frozen=True)
class Conversation:
    id: str
    status: str
    """``queued``, ``in-progress`` or ``ended``."""
    call_id: Optional[str] = None
    assistant_id: Optional[str] = None
    assistant_version: Optional[int] = None
    direction: Optional[str] = None
    outcome: Optional[str] = None
    """The call's last status."""
    ended_by: Optional[str] = None
    fault: Optional[str] = None
    started_at: Optional[datetime] = None
    ended_at: Optional[datetime] = None
    recording_id: Optional[str] = None
    """None until a recording is ready, some seconds after the call."""
    trace_id: Optional[str] = None
    turns: Optional[List[Turn]] = None
    """Not in a list."""
    collected: Optional[Dict[str, str]] = field(default=None, repr=False)
    """The values that were collected, by name. Not in a list."""


@dataclass(frozen=True)
class JournalEntry:
    attempt: int
    sequence: int
    occurred_at: datetime
    kind: str
    """``decision``, ``inputs``, ``tool_started`` or ``tool_finished``."""
    body: Any = field(default=None, repr=False)


class Conversations:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> Conversation:
        """With its turns. It is written while the call runs."""
        return self._transport.get(Conversation, f"/v1/conversations/{segment(id)}")

    def list(self, *, page_size: Optional[int] = None, page_token: Optional[str] = None) -> Listing[Conversation]:
        """Newest first, without turns."""
        return listing(self._transport, Conversation, "/v1/conversations", "conversations", {"page_size": page_size}, page_token)

    def journal(self, id: str) -> List[JournalEntry]:
        """What was decided, and from what. A long call has a lot of it."""
        return self._transport.get(List[JournalEntry], f"/v1/conversations/{segment(id)}/journal")
