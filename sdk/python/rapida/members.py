"""Members: the people of the project."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ._json import given
from ._paging import Listing, listing
from ._transport import Transport, segment


@dataclass(frozen=True)
class Member:
    id: str
    email: str = field(repr=False)
    role: str
    """``viewer`` sees, ``operator`` changes too, ``admin`` says who is in as well."""
    created_at: datetime


class Members:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def add(self, *, email: str, role: str) -> Member:
        """``Conflict`` with code ``member_exists`` if the person is in already."""
        return self._transport.send(Member, "POST", "/v1/members", given(email=email, role=role))

    def list(self) -> Listing[Member]:
        """All of them by their addresses, in one page."""
        return listing(self._transport, Member, "/v1/members", "members")

    def change_role(self, id: str, role: str) -> Member:
        """``Conflict`` with code ``last_admin``: a project keeps one admin at least."""
        return self._transport.send(Member, "PATCH", f"/v1/members/{segment(id)}", given(role=role), repeatable=True)

    def remove(self, id: str) -> None:
        """The address is forgotten. API keys that this person made stay: revoke them too."""
        self._transport.send_for_nothing("DELETE", f"/v1/members/{segment(id)}")
