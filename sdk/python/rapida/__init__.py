"""Rapida: AI phone calls. ``Rapida(api_key=…)`` is where to begin."""

from ._client import Rapida
from ._errors import Conflict, ConnectionFailed, Forbidden, Invalid, NotFound, RapidaError, RateLimited, ServerError, Unauthenticated
from ._paging import Listing, Page
from ._version import __version__
from .api_keys import ApiKey, NewApiKey
from .assistants import Assistant, AssistantVersion, HttpTool, PhoneDeployment, PhoneSettings, Provider
from .calls import Call, CallError, CallEvent, CallOptions, ConversationRef
from .conversations import Conversation, JournalEntry, Turn, Waterfall
from .credentials import Credential, Lease
from .diagnostics import Diagnostic, SignatureFinding
from .members import Member
from .numbers import NumberChange, NumberSetup, PhoneNumber
from .recordings import Recording

__all__ = [
    "ApiKey",
    "Assistant",
    "AssistantVersion",
    "Call",
    "CallError",
    "CallEvent",
    "CallOptions",
    "Conflict",
    "ConnectionFailed",
    "Conversation",
    "ConversationRef",
    "Credential",
    "Diagnostic",
    "Forbidden",
    "HttpTool",
    "Invalid",
    "JournalEntry",
    "Lease",
    "Listing",
    "Member",
    "NewApiKey",
    "NotFound",
    "NumberChange",
    "NumberSetup",
    "Page",
    "PhoneDeployment",
    "PhoneNumber",
    "PhoneSettings",
    "Provider",
    "Rapida",
    "RapidaError",
    "RateLimited",
    "Recording",
    "ServerError",
    "SignatureFinding",
    "Turn",
    "Unauthenticated",
    "Waterfall",
    "__version__",
]
