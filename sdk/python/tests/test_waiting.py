import unittest

from .scripted import Script, call, says


class Waiting(unittest.TestCase):
    def test_a_call_is_waited_for_until_it_is_over(self):
        with Script(says(202, call()), *[says(200, call(status=word)) for word in ("ringing", "parked", "no-answer")]) as server:
            placed = server.client().calls.create(assistant_id=1, to_number="+15551234567")

            self.assertEqual("no-answer", placed.wait().status)
            self.assertEqual("no-answer", placed.status)
            self.assertEqual([1, 1], server.waits)

    def test_who_has_waited_long_enough_is_told_and_the_call_goes_on(self):
        now = [0.0]

        def sleep(seconds):
            now[0] += seconds

        with Script(*[says(200, call(status="in-progress"))] * 4) as server:
            client = server.client()
            client._transport.sleep, client._transport.now = sleep, lambda: now[0]

            with self.assertRaisesRegex(TimeoutError, "e1 was still in-progress after 2.5 s"):
                client.calls.wait("e1", timeout=2.5)

        self.assertEqual(["GET"] * 4, [request.method for request in server.requests])
        self.assertEqual(2.5, now[0])

    def test_what_happened_to_a_call_comes_in_order(self):
        events = [
            {"kind": "call", "word": "ringing", "detail": None, "at": "2026-11-25T09:12:41Z"},
            {"kind": "weather", "word": "rain", "detail": "3 mm", "mood": {}, "at": "2026-11-25T09:12:42Z"},
        ]
        with Script(says(200, {"events": events})) as server:
            found = server.client().calls.events("e1")

        self.assertEqual([("call", "ringing", None), ("weather", "rain", "3 mm")], [(event.kind, event.word, event.detail) for event in found])
