"""Numbers of a Twilio account: where their calls go, and pointing them at an assistant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import List, Optional, Union

from ._json import given
from ._paging import Listing, listing
from ._transport import Transport


@dataclass(frozen=True)
class PhoneNumber:
    """A number as it stands at Twilio now."""

    number: str = field(repr=False)
    """In E.164 form."""
    set_up: bool
    """Calls to it reach the assistant: the URL names one, and nothing is in the way."""
    friendly_name: Optional[str] = field(default=None, repr=False)
    """What it is called at Twilio: often the number again."""
    assistant_id: Optional[str] = None
    """The assistant of this project whom the URL names."""
    voice_url: Optional[str] = None
    """Where its calls go, without the values of the query. None: nowhere."""
    voice_method: Optional[str] = None
    status_callback: Optional[str] = None
    in_the_way: List[str] = field(default_factory=list[str])
    """What makes Twilio ignore the URL without a word: ``voice_application_sid``, ``trunk_sid``. Remove it at Twilio."""


@dataclass(frozen=True)
class NumberChange:
    to: str
    """Without the values of a query: when nothing but the key changes it looks as before."""
    from_: Optional[str] = field(default=None, metadata={"name": "from"})
    """None: it was not set."""
    # The last, for it hides dataclasses.field from those below.
    field: str = ""
    """Twilio's name: ``voice_url``, ``voice_method``, ``status_callback`` or ``status_callback_method``."""


@dataclass(frozen=True)
class NumberSetup:
    number: str = field(repr=False)
    assistant_id: str
    applied: bool
    """False: nothing was changed yet."""
    changes: List[NumberChange] = field(default_factory=list[NumberChange])
    """Empty: it stands at Twilio as it should."""


class Numbers:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, credential_id: str) -> Listing[PhoneNumber]:
        """Those of the account of a Twilio credential, 1000 at most, in one page."""
        return listing(self._transport, PhoneNumber, "/v1/numbers", "numbers", {"credential_id": credential_id})

    def set_up(self, *, assistant_id: Union[int, str], webhook_key: str, number: Optional[str] = None, apply: bool = False) -> NumberSetup:
        """
        Points a number at an assistant: the phone deployment's, if left out. Without ``apply`` it says what would change, and changes nothing.

        ``webhook_key`` is a key with the scope ``webhook`` alone: it will stand in the number's URL, and Twilio sends it with every call.
        """
        body = given(assistant_id=str(assistant_id), webhook_key=webhook_key, number=number, apply=apply)
        # The second time Twilio is told what it has already.
        return self._transport.send(NumberSetup, "POST", "/v1/numbers/setup", body, repeatable=True)
