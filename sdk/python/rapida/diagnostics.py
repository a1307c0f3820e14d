"""Why webhooks were refused, and why a signature does not hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import List, Mapping, Optional, Union

from ._json import given
from ._paging import Listing, listing
from ._transport import Transport


@dataclass(frozen=True)
class Diagnostic:
    reason: str
    """Stable: ``webhook_signature_host``, ``missing_version`` and so on."""
    minute: datetime
    """Its begin."""
    count: int
    """How often in this minute."""


@dataclass(frozen=True)
class SignatureFinding:
    valid: bool
    cause: str
    """Stable: ``valid``, ``signature_missing``, ``signature_malformed``, ``scheme``, ``port``, ``host``, ``path``, ``fields`` or ``token``."""
    detail: str = field(repr=False)
    """A sentence that says what to change."""
    signed_url: Optional[str] = field(default=None, repr=False)
    """The URL that was signed, without its key. None: it could not be found."""


class Diagnostics:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> Listing[Diagnostic]:
        """Why webhooks were refused or calls could not be held, by minute, newest first: the last 100, in one page."""
        return listing(self._transport, Diagnostic, "/v1/diagnostics", "diagnostics")

    def signature(
        self,
        *,
        credential_id: str,
        url: str,
        params: Optional[Mapping[str, Union[str, List[str]]]] = None,
        signature: Optional[str] = None,
    ) -> SignatureFinding:
        """
        Tells which URL Twilio signed, of a request as Twilio's request inspector shows it. ``params`` are the fields of a POST, a list where
        Twilio sent one more than once, ``signature`` the header X-Twilio-Signature.
        """
        body = given(credential_id=credential_id, url=url, params=None if params is None else dict(params), signature=signature)
        # It looks, and changes nothing.
        return self._transport.send(SignatureFinding, "POST", "/v1/diagnostics/signature", body, repeatable=True)
