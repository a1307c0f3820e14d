"""A server on loopback that answers as a test has written down, one answer a request, and keeps what it was asked."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rapida import Rapida

KEY = "rpd-7hQ2mXc04LbT-not-to-be-seen"
CALL = {
    "id": "01990f3a-7c00-7000-8000-0000000000e1",
    "provider_call_id": None,
    "conversation": {"id": "01990f3a-7c00-7000-8000-0000000000f1"},
    "assistant_id": "123456789",
    "assistant_version": 1,
    "direction": "outbound",
    "status": "queued",
    "from": "+15559876543",
    "to": "+15551234567",
    "metadata": {"campaign": "follow-up"},
    "ended_by": None,
    "created_at": "2026-11-25T09:12:40.1234567+00:00",
    "answered_at": None,
    "ended_at": None,
}


def call(**other):
    return {**CALL, **other}


def says(status, value, **headers):
    return says_bytes(status, json.dumps(value).encode(), **{"content-type": "application/json", **headers})


def says_bytes(status, body, announced=None, **headers):
    def answer(handler):
        handler.send_response(status)
        handler.send_header("content-length", str(len(body) if announced is None else announced))
        for name, text in headers.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.end_headers()
        handler.wfile.write(body)
        if announced is not None:
            hangs_up(handler)

    return answer


def problem(status, code, detail="It cannot be.", **headers):
    return says(status, {"status": status, "code": code, "detail": detail, "trace_id": "00-4bf9"}, **headers)


def hangs_up(handler):
    handler.close_connection = True
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


def is_silent(handler):
    handler.server.ended.wait()
    hangs_up(handler)


class Received:
    def __init__(self, handler, body):
        self.method, self.path, self.headers, self.connection = handler.command, handler.path, handler.headers, handler.client_address[1]
        self.body = json.loads(body) if body else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one packet: in two, the second waits for the receiver's delayed ACK.
    wbufsize = -1

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        script = self.server.script
        script.requests.append(Received(self, body))
        try:
            script.answers.pop(0)(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, format, *args):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # A connection that the test has cut.


class Script:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = []
        self.waits = []

    def __enter__(self):
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.script = self
        self._server.ended = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._clients = []
        return self

    def __exit__(self, *_):
        for client in self._clients:
            client.close()
        self._server.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def client(self, **options):
        """One whose waits are over at once, and are counted."""
        client = Rapida(KEY, base_url=self.url, **options)
        client._transport.sleep = self.waits.append
        self._clients.append(client)
        return client
