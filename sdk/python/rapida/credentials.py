"""Credentials of providers. Their secrets go in, and do not come out again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Dict, List, Mapping, Optional

from ._json import given
from ._paging import Listing, listing
from ._transport import Transport, segment


@dataclass(frozen=True)
class Credential:
    id: str
    provider: str
    name: str
    status: str
    """``unverified``, ``connected`` or ``failing``."""
    created_at: datetime
    updated_at: datetime
    public_fields: Dict[str, str] = field(default_factory=dict[str, str])
    secret_fields: List[str] = field(default_factory=list[str])
    """The names of the secret fields."""
    previous_until: Optional[datetime] = None
    """Until then the secret before the last rotation may still have signed what comes in."""
    status_reason: Optional[str] = None
    """Why it is failing: ``auth_token_refused`` and so on."""
    status_detail: Optional[str] = None
    """A sentence that says what to do."""
    verified_at: Optional[datetime] = None
    last_used_at: Optional[datetime] = None


@dataclass(frozen=True)
class Lease:
    """One reveal of a secret to a part of the system."""

    id: str
    purpose: str
    caller: str
    instance: str
    created_at: datetime
    expires_at: datetime


class Credentials:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, *, provider: str, name: str, fields: Mapping[str, str]) -> Credential:
        """Of ``twilio`` the fields are ``account_sid`` and ``account_token``."""
        return self._transport.send(Credential, "POST", "/v1/credentials", given(provider=provider, name=name, fields=fields))

    def list(self, *, page_size: Optional[int] = None, page_token: Optional[str] = None) -> Listing[Credential]:
        return listing(self._transport, Credential, "/v1/credentials", "credentials", {"page_size": page_size}, page_token)

    def get(self, id: str) -> Credential:
        return self._transport.get(Credential, f"/v1/credentials/{segment(id)}")

    def rename(self, id: str, name: str) -> Credential:
        return self._transport.send(Credential, "PATCH", f"/v1/credentials/{segment(id)}", given(name=name), repeatable=True)

    def rotate(self, id: str, fields: Mapping[str, Optional[str]], *, grace: Optional[float] = None) -> Credential:
        """
        Replaces fields; None takes one away. For ``grace`` seconds, an hour if left out, what comes in may be signed with the old secret.
        """
        body = given(fields=fields, grace=grace)
        # The same rotation again replaces nothing, says the API.
        return self._transport.send(Credential, "POST", f"/v1/credentials/{segment(id)}/rotate", body, repeatable=True)

    def verify(self, id: str) -> Credential:
        """Asks the provider whether it takes the credential: see ``status`` and ``status_detail`` of the answer."""
        return self._transport.send(Credential, "POST", f"/v1/credentials/{segment(id)}/verify", repeatable=True)

    def delete(self, id: str) -> None:
        """``Conflict`` while a live assistant uses it."""
        self._transport.send_for_nothing("DELETE", f"/v1/credentials/{segment(id)}")

    def leases(self, id: str, *, page_size: Optional[int] = None, page_token: Optional[str] = None) -> Listing[Lease]:
        """Who had its secret, newest first."""
        return listing(self._transport, Lease, f"/v1/credentials/{segment(id)}/leases", "leases", {"page_size": page_size}, page_token)
