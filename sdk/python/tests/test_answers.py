import unittest
from datetime import datetime, timezone
from decimal import Decimal

import rapida
from rapida import RapidaError, ServerError

from .scripted import Script, call, hangs_up, problem, says, says_bytes


class Answers(unittest.TestCase):
    def get(self, answer):
        with Script(answer) as server:
            return server.client(retries=0).calls.get("e1")

    def test_fields_and_words_that_nobody_knows_yet_break_nothing(self):
        found = self.get(says(200, call(status="parked", direction="sideways", mood={"good": True}, ended_by="weather", metadata=None)))

        self.assertEqual(("parked", "sideways", "weather", False), (found.status, found.direction, found.ended_by, found.is_over))
        self.assertEqual({}, found.metadata)

    def test_metadata_comes_back_whatever_it_was(self):
        metadata = {"campaign": {"id": 17, "tags": ["follow-up", None]}}

        self.assertEqual(metadata, self.get(says(200, call(metadata=metadata))).metadata)

    def test_a_call_is_read_with_its_types(self):
        found = self.get(
            says(
                200,
                call(
                    status="completed", price="-0.00850", price_unit="USD", sip_code=200, duration_seconds=48,
                    error={"code": 21211, "message": "Busy."}, ended_at="2026-11-25T09:13:29Z",
                ),
            )
        )

        self.assertEqual(datetime(2026, 11, 25, 9, 12, 40, 123456, timezone.utc), found.created_at)
        self.assertEqual((Decimal("-0.00850"), 48, 21211, None), (found.price, found.duration_seconds, found.error.code, found.answered_at))
        self.assertEqual(("+15559876543", "+15551234567"), (found.from_number, found.to_number))
        self.assertTrue(found.is_over)

    def test_every_refusal_has_its_error_with_what_the_server_said(self):
        for status, kind in {
            400: "Invalid", 401: "Unauthenticated", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 410: "RapidaError", 413: "Invalid",
            422: "Invalid", 429: "RateLimited", 500: "ServerError", 503: "ServerError",
        }.items():
            with self.subTest(status), self.assertRaises(RapidaError) as raised:
                self.get(problem(status, "some_code", "Change it."))
            error = raised.exception
            self.assertIs(getattr(rapida, kind), type(error))
            self.assertEqual((status, "some_code", "Change it.", "00-4bf9"), (error.status, error.code, error.detail, error.trace_id))
            self.assertEqual(f"Change it. ({status}, some_code, trace 00-4bf9)", str(error))

    def test_an_error_page_that_is_not_ours_is_still_an_error_of_its_status(self):
        for body in (b"<html>Bad Gateway</html>", b"", b"[1]", b'{"detail": 5, "code": null}', b"\xff\xfe", b"[" * 100_000):
            with self.subTest(body[:20]), self.assertRaises(ServerError) as raised:
                self.get(says_bytes(502, body))
            self.assertEqual((502, None), (raised.exception.status, raised.exception.code))

    def test_which_fields_are_wrong_is_told(self):
        with self.assertRaises(rapida.Invalid) as raised:
            self.get(says(400, {"code": "bad_request", "detail": "No.", "errors": {"to_number": ["Give it in E.164 form."]}}))

        self.assertEqual({"to_number": ["Give it in E.164 form."]}, raised.exception.errors)

    def test_an_answer_that_is_not_what_was_asked_for_is_an_error_that_says_where_and_not_what(self):
        for answer, why in (
            (says_bytes(200, b"<html>+15551234567"), "it is not JSON"),
            (says_bytes(200, b"[" * 100_000), "it is not JSON"),
            (says(200, ["+15551234567"]), "the answer is not an object"),
            (says(200, call(id=None)), "id is missing"),
            (says(200, call(conversation={"id": 15551234567})), "conversation.id is not a text"),
            (says(200, call(created_at="yesterday, +15551234567")), "created_at is not a time"),
            (says(200, call(created_at="2026-99-99T09:00:00Z")), "created_at is not a time"),
            (says(200, call(duration_seconds=True)), "duration_seconds is not a whole number"),
            (says(200, call(metadata=[])), "metadata is not an object"),
        ):
            with self.subTest(why), self.assertRaises(ServerError) as raised:
                self.get(answer)
            self.assertIn(f"The answer to GET /v1/calls/e1 was not understood: {why}.", str(raised.exception))
            self.assertNotIn("15551234567", str(raised.exception))

    def test_what_is_not_http_is_a_lost_connection(self):
        def nonsense(handler):
            handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
            hangs_up(handler)

        with self.assertRaises(rapida.ConnectionFailed):
            self.get(nonsense)

    def test_the_key_does_not_follow_a_redirect(self):
        with Script() as elsewhere, self.assertRaisesRegex(RapidaError, "check the base URL"):
            self.get(says_bytes(302, b"", location=f"{elsewhere.url}/v1/calls/e1"))

        self.assertEqual([], elsewhere.requests)
