import unittest

from rapida import Conflict, ConnectionFailed, ServerError

from .scripted import KEY, Script, hangs_up, problem, says

VERSION = {"assistant_id": "123456789", "version": 3, "created_at": "2026-11-25T09:12:40Z"}
ASSISTANT = {"id": "123456789", "name": "Clinic", "created_at": "2026-11-25T09:12:40Z"}
CREDENTIAL = {
    "id": "c1",
    "provider": "twilio",
    "name": "Front desk",
    "status": "connected",
    "created_at": "2026-11-25T09:12:40Z",
    "updated_at": "2026-11-25T09:12:40Z",
}
API_KEY = {"id": "k1", "name": "Reader", "display": "rpd-7hQ2", "scopes": ["calls:read"], "created_at": "2026-11-25T09:12:40Z"}
LEASE = {"id": "l1", "purpose": "dial", "caller": "calls", "instance": "1", "created_at": "2026-11-25T09:12:40Z", "expires_at": "2026-11-25T09:12:40Z"}
RECORDING = {"id": "r1", "conversation_id": "f1", "created_at": "2026-11-25T09:12:40Z", "duration_ms": 1200, "size_bytes": 38444}
MEMBER = {"id": "b1", "email": "ann@example.com", "role": "viewer", "created_at": "2026-11-25T09:12:40Z"}
NUMBER = {
    "number": "+15551234567",
    "friendly_name": "(555) 123-4567",
    "voice_url": "https://voice.example.com/v1/talk/twilio/call/123456789?x-api-key",
    "voice_method": "POST",
    "status_callback": None,
    "assistant_id": "123456789",
    "in_the_way": ["trunk_sid"],
    "set_up": False,
}
SETUP = {
    "number": "+15551234567",
    "assistant_id": "123456789",
    "applied": False,
    "changes": [{"field": "voice_url", "from": None, "to": "https://voice.example.com/v1/talk"}],
}
FINDING = {
    "valid": False,
    "cause": "host",
    "detail": "Twilio signed https://tunnel.example.net.",
    "signed_url": "https://tunnel.example.net?From=%2B15557654321",
}


class Operations(unittest.TestCase):
    def test_every_list_of_pages_takes_a_size_and_goes_on_from_a_token(self):
        lists = {
            "/v1/assistants": ("assistants", ASSISTANT, lambda client: client.assistants.list),
            "/v1/assistants/123456789/versions": ("versions", VERSION, lambda client: lambda **page: client.assistants.versions.list(123456789, **page)),
            "/v1/credentials": ("credentials", CREDENTIAL, lambda client: client.credentials.list),
            "/v1/credentials/c1/leases": ("leases", LEASE, lambda client: lambda **page: client.credentials.leases("c1", **page)),
            "/v1/api-keys": ("api_keys", API_KEY, lambda client: client.api_keys.list),
            "/v1/recordings": ("recordings", RECORDING, lambda client: client.recordings.list),
        }
        for path, (name, item, method) in lists.items():
            with self.subTest(path), Script(says(200, {name: [item], "next_page_token": "b"}), says(200, {name: [item], "next_page_token": None})) as server:
                listed = method(server.client())
                first = next(listed(page_size=1).pages())
                rest = list(listed(page_size=1, page_token=first.next_page_token))

                self.assertEqual(first.items, rest)
                self.assertEqual([f"{path}?page_size=1", f"{path}?page_size=1&page_token=b"], [request.path for request in server.requests])

    def test_a_version_is_read(self):
        with Script(says(200, VERSION)) as server:
            self.assertEqual(3, server.client().assistants.versions.get("123456789", 3).version)

        self.assertEqual("/v1/assistants/123456789/versions/3", server.requests[0].path)

    def test_calls_are_found_by_the_carriers_id(self):
        with Script(says(200, {"calls": []})) as server:
            self.assertEqual([], list(server.client().calls.list(provider_call_id="CA0123")))

        self.assertEqual("/v1/calls?provider_call_id=CA0123", server.requests[0].path)

    def test_numbers_are_listed_and_set_up(self):
        with Script(says(200, {"numbers": [NUMBER]}), says(200, SETUP)) as server:
            client = server.client()
            (number,) = client.numbers.list("c1")
            setup = client.numbers.set_up(assistant_id=123456789, webhook_key=KEY)

        self.assertEqual((False, ["trunk_sid"], "123456789"), (number.set_up, number.in_the_way, number.assistant_id))
        self.assertEqual(("voice_url", None, "https://voice.example.com/v1/talk"), (setup.changes[0].field, setup.changes[0].from_, setup.changes[0].to))
        listed, asked = server.requests
        self.assertEqual(("GET", "/v1/numbers?credential_id=c1"), (listed.method, listed.path))
        self.assertEqual({"assistant_id": "123456789", "webhook_key": KEY, "apply": False}, asked.body)

    def test_a_signature_is_diagnosed(self):
        with Script(says(200, FINDING), says(200, {"diagnostics": [{"reason": "missing_version", "minute": "2026-11-25T09:12:00Z", "count": 2}]})) as server:
            client = server.client()
            finding = client.diagnostics.signature(credential_id="c1", url="https://voice.example.com", params={"Digits": ["1", "2"]}, signature="RSOY=")
            (diagnostic,) = client.diagnostics.list()

        self.assertEqual((False, "host", 2), (finding.valid, finding.cause, diagnostic.count))
        self.assertEqual(
            {"credential_id": "c1", "url": "https://voice.example.com", "params": {"Digits": ["1", "2"]}, "signature": "RSOY="}, server.requests[0].body
        )

    def test_members_come_change_and_go(self):
        operator = {**MEMBER, "role": "operator"}
        with Script(says(201, MEMBER), says(200, {"members": [MEMBER]}), says(200, operator), problem(409, "last_admin"), says(204, None)) as server:
            members = server.client().members
            added = members.add(email="ann@example.com", role="viewer")
            self.assertEqual([added], list(members.list()))
            self.assertEqual("operator", members.change_role(added.id, "operator").role)
            with self.assertRaises(Conflict):
                members.remove(added.id)

        self.assertEqual(["POST", "GET", "PATCH", "DELETE"], [request.method for request in server.requests])
        self.assertEqual([{"email": "ann@example.com", "role": "viewer"}, {"role": "operator"}], [request.body for request in server.requests if request.body])

    def test_what_changes_nothing_the_second_time_is_sent_again_and_nothing_else(self):
        again = {
            "set_up": (SETUP, lambda client: client.numbers.set_up(assistant_id=1, webhook_key=KEY, apply=True)),
            "signature": (FINDING, lambda client: client.diagnostics.signature(credential_id="c1", url="https://voice.example.com")),
            "change_role": (MEMBER, lambda client: client.members.change_role("b1", "viewer")),
        }
        for name, (answer, ask) in again.items():
            with self.subTest(name), Script(hangs_up, problem(503, "unavailable"), says(200, answer)) as server:
                ask(server.client())
                self.assertEqual(3, len(server.requests))
        once = {
            "add": lambda client: client.members.add(email="ann@example.com", role="viewer"),
            "remove": lambda client: client.members.remove("b1"),
        }
        for name, ask in once.items():
            for failure, kind in ((hangs_up, ConnectionFailed), (problem(503, "unavailable"), ServerError)):
                with self.subTest(name), Script(failure) as server, self.assertRaises(kind):
                    ask(server.client())
                self.assertEqual(1, len(server.requests))

    def test_what_prints_itself_leaves_out_people_and_keys(self):
        with Script(says(200, {"numbers": [NUMBER]}), says(200, SETUP), says(200, FINDING), says(200, {"members": [MEMBER]})) as server:
            client = server.client()
            shown = repr(
                [
                    *client.numbers.list("c1"),
                    client.numbers.set_up(assistant_id=1, webhook_key=KEY),
                    client.diagnostics.signature(credential_id="c1", url="https://voice.example.com"),
                    *client.members.list(),
                ]
            )

        for secret in ("5551234567", "123-4567", "5557654321", "ann@example.com", KEY):
            self.assertNotIn(secret, shown)
        self.assertIn("role='viewer'", shown)
