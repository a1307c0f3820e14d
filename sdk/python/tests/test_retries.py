import time
import unittest
from email.utils import formatdate
from unittest import mock

from rapida import ConnectionFailed, Conflict, RateLimited, Rapida, ServerError

from .scripted import KEY, Script, call, hangs_up, is_silent, problem, says, says_bytes


class Retries(unittest.TestCase):
    def test_a_get_whose_answer_was_lost_is_sent_again(self):
        with Script(hangs_up, says(200, call())) as server:
            self.assertEqual("queued", server.client().calls.get("e1").status)

        self.assertEqual(2, len(server.requests))

    def test_an_answer_that_was_cut_short_is_asked_for_again(self):
        with Script(says_bytes(200, b'{"id": "', announced=500), says(200, call())) as server:
            server.client().calls.get("e1")

        self.assertEqual(2, len(server.requests))

    def test_a_call_that_is_sent_again_keeps_its_key_and_the_next_one_has_another(self):
        with Script(hangs_up, problem(503, "unavailable"), says(202, call()), says(202, call())) as server:
            client = server.client()
            client.calls.create(assistant_id=1, to_number="+15551234567")
            client.calls.create(assistant_id=1, to_number="+15551234567")

        first, second, third, other = (request.headers["idempotency-key"] for request in server.requests)
        self.assertEqual([first] * 2, [second, third])
        self.assertNotEqual(first, other)
        self.assertRegex(first, "^[!-~]{1,100}$")

    def test_to_be_told_twice_to_hang_up_does_no_harm(self):
        with Script(hangs_up, says(202, call(status="completed"))) as server:
            self.assertEqual("completed", server.client().calls.hang_up("e1").status)

        self.assertEqual(["/v1/calls/e1/hangup"] * 2, [request.path for request in server.requests])

    def test_a_post_without_a_key_is_not_sent_again_when_its_answer_was_lost(self):
        with Script(hangs_up) as server:
            with self.assertRaises(ConnectionFailed) as raised:
                server.client().assistants.create("Clinic")

        self.assertEqual(1, len(server.requests))
        self.assertFalse(raised.exception.never_sent)

    def test_a_post_without_a_key_is_not_sent_again_when_the_server_failed(self):
        with Script(problem(503, "unavailable")) as server:
            with self.assertRaises(ServerError):
                server.client().assistants.create("Clinic")

        self.assertEqual(1, len(server.requests))

    def test_anything_may_be_sent_again_that_never_left(self):
        client = Rapida(KEY, base_url="http://127.0.0.1:1")
        waits = []
        client._transport.sleep = waits.append

        with self.assertRaises(ConnectionFailed) as raised:
            client.assistants.create("Clinic")

        self.assertTrue(raised.exception.never_sent)
        self.assertEqual(3, len(waits))

    def test_who_is_too_fast_waits_as_long_as_the_server_says(self):
        assistant = {"id": "1", "name": "Clinic", "created_at": "2026-11-24T09:00:00Z"}
        with Script(problem(429, "rate_limited", retry_after="7"), says(201, assistant)) as server:
            server.client().assistants.create("Clinic")

        (wait,) = server.waits
        self.assertTrue(7 <= wait <= 7.5, wait)

    def test_retry_after_may_be_a_date(self):
        later = formatdate(time.time() + 20, usegmt=True)
        with Script(problem(503, "unavailable", retry_after=later), says(200, call())) as server:
            server.client().calls.get("e1")

        (wait,) = server.waits
        self.assertTrue(15 <= wait <= 21, wait)

    def test_a_retry_after_that_is_neither_is_as_if_there_were_none(self):
        with Script(problem(503, "unavailable", retry_after="soon"), says(200, call())) as server:
            server.client().calls.get("e1")

        self.assertTrue(server.waits[0] <= 0.5)

    def test_who_should_wait_for_long_is_told_instead(self):
        with Script(problem(429, "rate_limited", retry_after="3600")) as server:
            with self.assertRaises(RateLimited) as raised:
                server.client().calls.get("e1")

        self.assertEqual(3600, raised.exception.retry_after)
        self.assertEqual([], server.waits)

    def test_waits_grow_and_end_in_the_servers_error(self):
        with Script(*[problem(503, "unavailable", "Try again in a moment.")] * 4) as server:
            with mock.patch("random.uniform", lambda least, most: most), self.assertRaises(ServerError) as raised:
                server.client().calls.get("e1")

        self.assertEqual([0.5, 1, 2], server.waits)
        self.assertEqual("Try again in a moment. (503, unavailable, trace 00-4bf9)", str(raised.exception))

    def test_no_two_clients_wait_alike(self):
        waits = {Rapida(KEY, base_url="http://127.0.0.1:1")._transport.wait_before(2) for _ in range(20)}

        self.assertTrue(len(waits) > 10 and all(1 <= wait <= 2 for wait in waits), waits)

    def test_a_server_that_does_not_answer_is_given_up(self):
        with Script(is_silent, is_silent) as server:
            with self.assertRaisesRegex(ConnectionFailed, r"did not answer within 0\.05 s"):
                server.client(timeout=0.05, retries=1).calls.get("e1")

        self.assertEqual(2, len(server.requests))

    def test_what_the_caller_has_to_change_is_not_sent_again(self):
        with Script(problem(409, "call_answered", "The call has been answered: hang it up.")) as server:
            with self.assertRaises(Conflict):
                server.client().calls.cancel("e1")

        self.assertEqual(1, len(server.requests))
