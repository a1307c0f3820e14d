"""Connections to one server, kept between requests."""

from __future__ import annotations

import select
import socket
import ssl
import threading
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import List, Optional
from urllib.parse import urlsplit

from ._errors import ConnectionFailed

# More are opened when more threads ask at once, and closed afterwards.
_KEPT = 10


class Connections:
    """May be used by many threads at once: a connection is one request's at a time."""

    def __init__(self, base_url: str, timeout: float, tls: Optional[ssl.SSLContext]) -> None:
        url = urlsplit(base_url.strip())
        if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment or url.username is not None:
            raise ValueError("The base URL is the address of your Rapida alone, such as https://voice.example.com.")
        self.prefix = url.path.rstrip("/")
        self.host = url.hostname
        self.port = url.port or (443 if url.scheme == "https" else 80)
        self.timeout = timeout
        self._tls = (tls or ssl.create_default_context()) if url.scheme == "https" else None
        self._lock = threading.Lock()
        self._idle: List[HTTPConnection] = []
        self._closed = False

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    def take(self) -> HTTPConnection:
        """One that is open."""
        while True:
            with self._lock:
                if self._closed:
                    raise RuntimeError("This client is closed.")
                connection = self._idle.pop() if self._idle else None
            if connection is None:
                return self._open()
            if not _has_ended(connection):
                return connection
            connection.close()

    def give_back(self, connection: HTTPConnection) -> None:
        """To be called when the answer was read to its end."""
        with self._lock:
            # http.client lets go of the socket when the server wants it closed.
            if connection.sock is not None and not self._closed and len(self._idle) < _KEPT:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def failed(self, failure: BaseException, *, never_sent: bool = False) -> ConnectionFailed:
        if isinstance(failure, socket.timeout):
            said = f"{self.address} did not answer within {self.timeout:g} s."
        elif never_sent:
            said = f"There is no connection to {self.address}: {_reason(failure)}."
        else:
            said = f"The connection to {self.address} was lost: {_reason(failure)}."
        return ConnectionFailed(said, never_sent=never_sent, final=isinstance(failure, ssl.SSLCertVerificationError))

    def _open(self) -> HTTPConnection:
        if self._tls is not None:
            connection: HTTPConnection = HTTPSConnection(self.host, self.port, timeout=self.timeout, context=self._tls)
        else:
            connection = HTTPConnection(self.host, self.port, timeout=self.timeout)
        try:
            connection.connect()
        except (OSError, HTTPException) as failure:
            connection.close()
            raise self.failed(failure, never_sent=True) from failure
        return connection


def _has_ended(connection: HTTPConnection) -> bool:
    # Nobody speaks on an idle connection: what can be read of it is its end.
    readable, _, _ = select.select([connection.sock], [], [], 0)
    return bool(readable)


def _reason(failure: BaseException) -> str:
    text = failure.strerror if isinstance(failure, OSError) and failure.strerror else type(failure).__name__
    return text.rstrip(".")
