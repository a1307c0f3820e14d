import contextlib
import io
import os
import pathlib
import re
import runpy
import socket
import unittest
from datetime import datetime, timezone
from unittest import mock

from rapida import CallOptions, ConnectionFailed, PhoneSettings, Rapida

from .scripted import KEY, Script, call, hangs_up, says

ROOT = pathlib.Path(__file__).parent.parent


class Requests(unittest.TestCase):
    def test_the_guides_sample_runs_to_the_letter_with_only_the_address_set(self):
        with Script(says(202, call())) as server, mock.patch.dict(os.environ, RAPIDA_BASE_URL=server.url):
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                runpy.run_path(str(ROOT / "examples" / "place_call.py"))["client"].close()

        self.assertEqual("Call queued: conversation_id=01990f3a-7c00-7000-8000-0000000000f1\n", printed.getvalue())
        (request,) = server.requests
        self.assertEqual(("POST", "/v1/calls"), (request.method, request.path))
        self.assertEqual("rpd-xxx-your-key", request.headers["x-api-key"])
        self.assertEqual(
            {"assistant_id": "123456789", "to_number": "+15551234567", "from_number": "+15559876543", "metadata": {"campaign": "follow-up"}},
            request.body,
        )

    def test_the_readme_shows_the_same_sample(self):
        sample = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL).group(1)

        self.assertIn(sample, (ROOT / "examples" / "place_call.py").read_text("utf-8"))

    def test_a_client_that_does_not_know_where_its_rapida_answers_says_how_to_tell_it(self):
        with mock.patch.dict(os.environ):
            os.environ.pop("RAPIDA_BASE_URL", None)
            with self.assertRaisesRegex(ValueError, "RAPIDA_BASE_URL"):
                Rapida(api_key=KEY)

    def test_an_address_with_a_path_keeps_it(self):
        with Script(says(200, call())) as server, Rapida(KEY, base_url=f"{server.url}/telephony/") as client:
            client.calls.get("e1")

        self.assertEqual("/telephony/v1/calls/e1", server.requests[0].path)

    def test_an_address_that_is_none_is_refused(self):
        for address in ("localhost:5300", "ftp://localhost", "http://", "http://user:word@localhost", "http://localhost?key=1"):
            with self.subTest(address), self.assertRaises(ValueError):
                Rapida(KEY, base_url=address)

    def test_all_that_a_call_may_say_is_sent(self):
        with Script(says(202, call())) as server:
            server.client().calls.create(
                assistant_id="987654321012345",
                to_number="+15551234567",
                version=3,
                args={"name": "Zoë"},
                options=CallOptions(greeting="Hello.", max_duration_seconds=60),
                machine_detection="hang_up",
                idempotency_key="appointment-17",
            )

        self.assertEqual("appointment-17", server.requests[0].headers["idempotency-key"])
        self.assertEqual(
            {
                "assistant_id": "987654321012345",
                "to_number": "+15551234567",
                "version": 3,
                "args": {"name": "Zoë"},
                "options": {"greeting": "Hello.", "max_duration_seconds": 60},
                "machine_detection": "hang_up",
            },
            server.requests[0].body,
        )

    def test_an_idempotency_key_that_does_not_fit_a_header_is_refused(self):
        client = Rapida(KEY, base_url="http://127.0.0.1:1")
        for key in ("a b", "é", "a\r\nx: y", "k" * 101):
            with self.subTest(key), self.assertRaises(ValueError):
                client.calls.create(assistant_id=1, to_number="+15551234567", idempotency_key=key)

    def test_what_is_none_is_left_out_and_none_in_a_rotation_takes_a_field_away(self):
        credential = {
            "id": "c1", "provider": "twilio", "name": "Front desk", "status": "unverified",
            "created_at": "2026-11-24T09:00:00Z", "updated_at": "2026-11-24T09:00:00Z",
        }
        with Script(says(200, credential)) as server:
            server.client().credentials.rotate("c1", {"api_key_sid": None, "account_token": "new"})

        self.assertEqual({"fields": {"api_key_sid": None, "account_token": "new"}}, server.requests[0].body)

    def test_a_phone_deployment_can_be_saved_again_as_it_was_answered(self):
        answered = {
            "assistant_id": "1", "revision": 4, "provider": "twilio", "credential_id": "c1", "phone_number": "+13125550100",
            "greeting": "Hello.", "idle_retries": 2, "speech_to_text": {"name": "pocketsphinx", "options": {}, "credential_id": None},
            "transfer_targets": {}, "send_keys": False, "created_at": "2026-11-24T09:10:00+00:00",
        }
        with Script(says(200, answered), says(200, answered)) as server:
            client = server.client()
            client.assistants.phone.save(1, client.assistants.phone.get(1))

        self.assertEqual("PUT", server.requests[1].method)
        sent = server.requests[1].body
        self.assertEqual({"name": "pocketsphinx", "options": {}}, sent.pop("speech_to_text"))
        self.assertEqual({name: value for name, value in answered.items() if name in sent}, sent)
        self.assertFalse({"assistant_id", "revision", "created_at"} & set(sent))

    def test_times_in_a_filter_have_a_zone(self):
        with Script(says(200, {"calls": [], "next_page_token": None})) as server:
            client = server.client()
            list(client.calls.list(to_number="+15551234567", created_after=datetime(2026, 11, 1, tzinfo=timezone.utc)))
            with self.assertRaises(ValueError):
                client.calls.list(created_before=datetime(2026, 11, 1))

        self.assertEqual("/v1/calls?to=%2B15551234567&created_after=2026-11-01T00%3A00%3A00%2B00%3A00", server.requests[0].path)

    def test_an_id_cannot_become_another_path(self):
        with Script(says(200, call())) as server:
            client = server.client()
            client.calls.get("../credentials?x#y")
            for nothing in ("", " ", "..", "."):
                with self.subTest(nothing), self.assertRaises(ValueError):
                    client.calls.get(nothing)

        self.assertEqual("/v1/calls/..%2Fcredentials%3Fx%23y", server.requests[0].path)

    def test_requests_one_after_another_share_a_connection(self):
        with Script(*[says(200, call())] * 3) as server:
            client = server.client()
            for _ in range(3):
                client.calls.get("e1")

        self.assertEqual(1, len({request.connection for request in server.requests}))

    def test_a_connection_that_the_server_has_closed_meanwhile_is_not_used_again(self):
        def answers_and_hangs_up(handler):
            says(200, call())(handler)
            hangs_up(handler)

        with Script(answers_and_hangs_up, says(200, call())) as server:
            client = server.client(retries=0)
            client.calls.get("e1")
            # Its end is what can be read of it.
            client._connections._idle[0].sock.recv(1, socket.MSG_PEEK)

            client.calls.hang_up("e1")

        self.assertEqual(["GET", "POST"], [request.method for request in server.requests])

    def test_the_key_and_peoples_data_are_in_no_text_that_ends_in_a_log(self):
        client = Rapida(KEY, base_url="http://127.0.0.1:1", retries=0)
        with self.assertRaises(ConnectionFailed) as raised:
            client.calls.get("e1")
        with Script(says(202, call())) as server:
            placed = server.client().calls.create(assistant_id=1, to_number="+15551234567")
        with self.assertRaises(ValueError) as refused:
            Rapida(f"{KEY}\r\nx-other: 1", base_url="http://127.0.0.1:1")

        settings = PhoneSettings("c1", "+15551234567")
        texts = f"{client!r} {vars(client)} {raised.exception!r} {refused.exception!r} {placed!r} {settings!r}"
        self.assertNotIn(KEY, texts)
        self.assertNotIn("+15551234567", texts)
