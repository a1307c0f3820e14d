from __future__ import annotations

import os
import ssl
from typing import Optional

from ._connections import Connections
from ._transport import Transport
from .api_keys import ApiKeys
from .assistants import Assistants
from .calls import Calls
from .conversations import Conversations
from .credentials import Credentials
from .diagnostics import Diagnostics
from .members import Members
from .numbers import Numbers
from .recordings import Recordings


class Rapida:
    """
    A project of a Rapida, as its API key sees it. One client serves a program, all its threads too.

    ``base_url`` is where your Rapida answers, such as https://voice.example.com; if left out, it is the environment's ``RAPIDA_BASE_URL``.
    ``timeout`` is how many seconds a connection, and then each part of an answer, may take. ``retries`` is how often a request is sent
    again that failed on the way or was told to come later, when that cannot do harm (docs/sdk.md).
    """

    def __init__(
        self,
        api_key: str,
        *,
        base_url: Optional[str] = None,
        timeout: float = 30.0,
        retries: int = 3,
        tls: Optional[ssl.SSLContext] = None,
    ) -> None:
        address = base_url or os.environ.get("RAPIDA_BASE_URL")
        if not address:
            raise ValueError("Say where your Rapida answers: Rapida(base_url=…), or the environment's RAPIDA_BASE_URL.")
        if timeout <= 0 or retries < 0:
            raise ValueError("The timeout is more than 0 seconds, and retries are 0 or more.")
        # http.client would quote a key that does not fit in a header in its exception.
        key = api_key.strip()
        if not key or not all("!" <= letter <= "~" for letter in key):
            raise ValueError("The API key is empty or holds characters that no key has.")
        self._connections = Connections(address, timeout, tls)
        transport = Transport(self._connections, key, retries)
        self._transport = transport
        self.calls = Calls(transport)
        self.conversations = Conversations(transport)
        self.recordings = Recordings(transport)
        self.assistants = Assistants(transport)
        self.credentials = Credentials(transport)
        self.numbers = Numbers(transport)
        self.diagnostics = Diagnostics(transport)
        self.api_keys = ApiKeys(transport)
        self.members = Members(transport)

    def close(self) -> None:
        """Closes the connections that are kept. A program that ends need not."""
        self._connections.close()

    def __enter__(self) -> "Rapida":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Rapida({self._connections.address})"
