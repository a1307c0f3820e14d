"""Assistants: what they are, and the numbers where they answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Dict, List, Optional, Sequence, Union

from ._json import encode_as, given
from ._paging import Listing, listing
from ._transport import Transport, segment


@dataclass(frozen=True)
class Assistant:
    id: str
    name: str
    created_at: datetime
    live_version: int = 0
    """The version that answers new calls; 0 while there is none."""


@dataclass(frozen=True)
class Provider:
    """Who thinks, listens or speaks, by name."""

    name: str
    options: Dict[str, str] = field(default_factory=dict[str, str])
    credential_id: Optional[str] = None
    """The credential with which it is asked. None: it needs none."""


@dataclass(frozen=True)
class HttpTool:
    """An address of yours that the model may have called."""

    name: str
    description: str
    url: str
    method: str = "POST"
    parameters: Optional[Dict[str, Any]] = None
    """JSON Schema of the arguments."""
    headers: Optional[Dict[str, str]] = field(default=None, repr=False)
    """Answers show ``***``, and ``***`` written back keeps what is stored."""
    timeout_seconds: Optional[float] = None
    credential_id: Optional[str] = None
    """Instead of headers: a credential of the provider ``http-headers``."""


@dataclass(frozen=True)
class AssistantVersion:
    assistant_id: str
    version: int
    created_at: datetime
    language_model: Optional[Provider] = None
    prompt: str = field(default="", repr=False)
    tools: List[HttpTool] = field(default_factory=list[HttpTool])


@dataclass(frozen=True)
class PhoneSettings:
    """Where and how an assistant answers. What is None takes the server's default, and does not stay as it was."""

    credential_id: str
    phone_number: str = field(repr=False)
    provider: str = "twilio"
    greeting: Optional[str] = None
    greeting_interruptible: Optional[bool] = None
    error_message: Optional[str] = None
    idle_timeout_seconds: Optional[float] = None
    idle_message: Optional[str] = None
    idle_retries: Optional[int] = None
    max_duration_seconds: Optional[float] = None
    speech_to_text: Optional[Provider] = None
    text_to_speech: Optional[Provider] = None
    transfer_targets: Optional[Dict[str, str]] = field(default=None, repr=False)
    send_keys: Optional[bool] = None


@dataclass(frozen=True)
class PhoneDeployment(PhoneSettings):
    """
    As it was saved. To change one thing, save it again:
    ``client.assistants.phone.save(id, dataclasses.replace(deployment, greeting="Hello."))``
    """

    assistant_id: str = ""
    revision: int = 0
    """Counts the saves, from 1."""
    created_at: Optional[datetime] = None


class Versions:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        assistant_id: Union[int, str],
        *,
        language_model: Optional[Provider] = None,
        prompt: Optional[str] = None,
        tools: Optional[Sequence[HttpTool]] = None,
    ) -> AssistantVersion:
        """Saves what the assistant is. It is live at once, and is given whole: what is left out is empty."""
        body = given(language_model=language_model, prompt=prompt, tools=None if tools is None else list(tools))
        return self._transport.send(AssistantVersion, "POST", f"/v1/assistants/{segment(str(assistant_id))}/versions", body)

    def list(
        self, assistant_id: Union[int, str], *, page_size: Optional[int] = None, page_token: Optional[str] = None
    ) -> Listing[AssistantVersion]:
        """What the assistant was and is, the latest first."""
        path = f"/v1/assistants/{segment(str(assistant_id))}/versions"
        return listing(self._transport, AssistantVersion, path, "versions", {"page_size": page_size}, page_token)

    def get(self, assistant_id: Union[int, str], version: int) -> AssistantVersion:
        return self._transport.get(AssistantVersion, f"/v1/assistants/{segment(str(assistant_id))}/versions/{segment(str(version))}")


class Phone:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, assistant_id: Union[int, str]) -> PhoneDeployment:
        return self._transport.get(PhoneDeployment, _phone(assistant_id))

    def save(self, assistant_id: Union[int, str], settings: PhoneSettings) -> PhoneDeployment:
        """Live at once; calls in progress keep what they began with."""
        return self._transport.send(PhoneDeployment, "PUT", _phone(assistant_id), encode_as(PhoneSettings, settings))


class Assistants:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.versions = Versions(transport)
        self.phone = Phone(transport)

    def create(self, name: str) -> Assistant:
        """It can say nothing yet: give it a version and a phone deployment."""
        return self._transport.send(Assistant, "POST", "/v1/assistants", given(name=name))

    def list(self, *, page_size: Optional[int] = None, page_token: Optional[str] = None) -> Listing[Assistant]:
        return listing(self._transport, Assistant, "/v1/assistants", "assistants", {"page_size": page_size}, page_token)

    def get(self, id: Union[int, str]) -> Assistant:
        return self._transport.get(Assistant, f"/v1/assistants/{segment(str(id))}")


def _phone(assistant_id: Union[int, str]) -> str:
    return f"/v1/assistants/{segment(str(assistant_id))}/deployments/phone"
