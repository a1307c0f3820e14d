"""API keys of the project."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import List, Optional, Sequence

from ._json import given, time_text
from ._paging import Listing, listing
from ._transport import Transport, segment


@dataclass(frozen=True)
class ApiKey:
    id: str
    name: str
    display: str
    """The beginning of the key, to recognise it by."""
    scopes: List[str]
    created_at: datetime
    expires_at: Optional[datetime] = None
    revoked_at: Optional[datetime] = None
    last_used_at: Optional[datetime] = None


@dataclass(frozen=True)
class NewApiKey:
    api_key: ApiKey
    key: str = field(repr=False)
    """The key itself. It is shown this once: store it now."""


class ApiKeys:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, *, name: str, scopes: Sequence[str], expires_at: Optional[datetime] = None) -> NewApiKey:
        """A key can give no scope that it lacks itself."""
        expires = None if expires_at is None else time_text(expires_at)
        return self._transport.send(NewApiKey, "POST", "/v1/api-keys", given(name=name, scopes=list(scopes), expires_at=expires))

    def list(self, *, page_size: Optional[int] = None, page_token: Optional[str] = None) -> Listing[ApiKey]:
        """All of them, those that were revoked or have expired too."""
        return listing(self._transport, ApiKey, "/v1/api-keys", "api_keys", {"page_size": page_size}, page_token)

    def revoke(self, id: str) -> ApiKey:
        """It is refused everywhere within 2 seconds, for good. ``id`` is the key's id and not the key."""
        return self._transport.send(ApiKey, "DELETE", f"/v1/api-keys/{segment(id)}", repeatable=True)
