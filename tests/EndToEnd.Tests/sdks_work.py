"""What SdksWork.cs does in C#, with the client in Python. Its arguments: a call's CallSid, a folder to write to, and the number of the
assistant that answers calls."""

import dataclasses
import os
import sys
import time
import urllib.error
import urllib.request
import wave

from rapida import Conflict, Forbidden, Invalid, NotFound, PhoneSettings, Provider, Rapida, RapidaError, Unauthenticated


def refused(kind, code, request):
    try:
        request()
    except RapidaError as error:
        assert (type(error), error.code) == (kind, code), error
        assert error.trace_id, error
    else:
        raise AssertionError(f"It was not refused with {code}.")


def until(so, what):
    ends = time.monotonic() + 60
    while not so():
        assert time.monotonic() < ends, f"{what} after a minute."
        time.sleep(0.2)


def makes_an_assistant(client):
    (twilio,) = [credential for credential in client.credentials.list(page_size=1) if credential.provider == "twilio"]
    assistant = client.assistants.create("Made in Python")
    model = Provider("scripted", {"model": "appointment"})
    version = client.assistants.versions.create(assistant.id, language_model=model, prompt="Take an appointment.")
    assert (version.version, version.language_model) == (1, model), version
    settings = PhoneSettings(twilio.id, "+13125550162", speech_to_text=Provider("pocketsphinx"), text_to_speech=Provider("flite"))
    phone = client.assistants.phone.save(assistant.id, settings)
    changed = client.assistants.phone.save(assistant.id, dataclasses.replace(phone, greeting="Good day."))
    assert (phone.revision, changed.revision, changed.greeting, changed.idle_timeout_seconds) == (1, 2, "Good day.", 30), changed
    assert client.assistants.get(int(assistant.id)).live_version == 1
    assert assistant.id in [listed.id for listed in client.assistants.list(page_size=1)]

    client.assistants.versions.create(assistant.id, language_model=model, prompt="Take it kindly.")
    assert [listed.version for listed in client.assistants.versions.list(assistant.id, page_size=1)] == [2, 1]
    assert client.assistants.versions.get(assistant.id, 1) == version
    refused(NotFound, "version_unknown", lambda: client.assistants.versions.get(assistant.id, 3))


def reads_a_call(client, sid, folder):
    (call,) = [call for call in client.calls.list(page_size=1) if call.provider_call_id == sid]
    call.wait(timeout=30)
    assert (call.status, call.direction, call.is_over) == ("completed", "inbound", True), call
    assert sid in [listed.provider_call_id for listed in client.calls.list(direction="inbound", status="completed")]

    until(lambda: client.conversations.get(call.conversation.id).recording_id, "There is no recording")
    conversation = client.conversations.get(call.conversation.id)
    assert "assistant" in [turn.speaker for turn in conversation.turns], conversation
    assert client.conversations.journal(conversation.id)
    assert conversation.id in [listed.id for listed in client.conversations.list(page_size=1)]

    recording = client.recordings.get(conversation.recording_id)
    assert recording in list(client.recordings.list(page_size=1))
    path = os.path.join(folder, "from-python.wav")
    assert client.recordings.download(recording.id, path) == recording.size_bytes == os.path.getsize(path)
    with wave.open(path) as audio:
        assert (audio.getnchannels(), audio.getframerate()) == (2, 8000)
    assert sum(len(piece) for piece in client.recordings.audio(recording.id)) == recording.size_bytes


def ends_calls(client, assistant):
    # Nobody answers there: see Rapida.AppHost/DemoTenant.cs.
    unanswered = client.calls.create(assistant_id=assistant, to_number="+15550100002")
    assert client.calls.cancel(unanswered.id).id == unanswered.id
    assert unanswered.wait(timeout=60).status == "canceled", unanswered

    held = client.calls.create(assistant_id=assistant, to_number="+13125550181")
    until(lambda: held.refresh().status == "in-progress", "It is not answered")
    refused(Conflict, "call_answered", held.cancel)
    client.calls.hang_up(held.id)
    assert held.wait(timeout=60).status == "completed", held
    assert held.ended_by == "operator", held
    happened = [event.word for event in client.calls.events(held.id)]
    assert "in-progress" in happened and "completed" in happened, happened
    assert client.calls.events(held.id) == sorted(held.events(), key=lambda event: event.at)


def sets_a_number_up(client, assistant):
    (twilio,) = [credential for credential in client.credentials.list() if credential.provider == "twilio"]
    key = client.api_keys.create(name="Twilio's webhooks", scopes=["webhook"]).key
    asked = {"assistant_id": assistant, "webhook_key": key, "number": "+15559876543"}
    would = client.numbers.set_up(**asked)
    assert not would.applied and "voice_url" in [change.field for change in would.changes], would
    assert client.numbers.set_up(**asked, apply=True).applied
    assert client.numbers.set_up(**asked).changes == []
    (number,) = [number for number in client.numbers.list(twilio.id) if number.number == "+15559876543"]
    assert (number.set_up, number.assistant_id, number.in_the_way) == (True, assistant, []), number
    assert key not in number.voice_url
    refused(Invalid, "webhook_key_invalid", lambda: client.numbers.set_up(assistant_id=assistant, webhook_key="rpd-nobody"))
    refused(NotFound, "credential_unknown", lambda: list(client.numbers.list("01990000-0000-7000-8000-00000000dead")))

    url = f"{os.environ['RAPIDA_BASE_URL'].rstrip('/')}/v1/talk/twilio/call/{assistant}?x-api-key={key}"
    finding = client.diagnostics.signature(credential_id=twilio.id, url=url, params={"CallSid": "CA" + "0" * 32})
    assert (finding.valid, finding.cause, finding.signed_url) == (False, "signature_missing", None), finding
    try:
        # Another account's webhook.
        urllib.request.urlopen(url, f"CallSid=CA{'0' * 32}&AccountSid=AC{'0' * 32}".encode())
    except urllib.error.HTTPError as refusal:
        assert refusal.code == 403, refusal
    assert "webhook_account" in [found.reason for found in client.diagnostics.list()]


def knows_its_people(client):
    member = client.members.add(email="ann.python@example.com", role="viewer")
    refused(Conflict, "member_exists", lambda: client.members.add(email="ann.python@example.com", role="viewer"))
    assert client.members.change_role(member.id, "operator").role == "operator"
    assert (member.id, "operator") in [(listed.id, listed.role) for listed in client.members.list()]
    client.members.remove(member.id)
    refused(NotFound, "member_unknown", lambda: client.members.remove(member.id))


def keeps_secrets(client):
    fields = {"account_sid": "AC" + "0" * 32, "account_token": "1" * 32}
    credential = client.credentials.create(provider="twilio", name="Made in Python", fields=fields)
    client.credentials.rename(credential.id, "Renamed")
    client.credentials.rotate(credential.id, {"account_token": "2" * 32}, grace=60)
    verified = client.credentials.verify(credential.id)
    assert (verified.name, verified.status) == ("Renamed", "failing"), verified
    assert verified.previous_until and list(client.credentials.leases(credential.id, page_size=1)), verified
    client.credentials.delete(credential.id)
    refused(NotFound, "credential_unknown", lambda: client.credentials.get(credential.id))

    made = client.api_keys.create(name="Reader", scopes=["calls:read"])
    with Rapida(made.key) as reader:
        next(iter(reader.calls.list()))
        refused(Forbidden, "scope_missing", lambda: reader.assistants.create("Not mine to make"))
    assert client.api_keys.revoke(made.api_key.id).revoked_at
    assert made.api_key.id in [listed.id for listed in client.api_keys.list(page_size=1)]


def is_refused(client):
    refused(NotFound, "call_unknown", lambda: client.calls.get("01990000-0000-7000-8000-00000000dead"))
    refused(NotFound, "assistant_unknown", lambda: client.assistants.get(999999999999999))
    refused(Invalid, "name_invalid", lambda: client.assistants.create(""))
    refused(Invalid, "page_invalid", lambda: next(iter(client.calls.list(page_size=1000))))
    with Rapida("rpd-nobody") as stranger:
        refused(Unauthenticated, "unauthenticated", lambda: next(iter(stranger.calls.list())))


with Rapida(os.environ["RAPIDA_API_KEY"]) as client:
    sid, folder, assistant = sys.argv[1:]
    makes_an_assistant(client)
    reads_a_call(client, sid, folder)
    ends_calls(client, assistant)
    sets_a_number_up(client, assistant)
    knows_its_people(client)
    keeps_secrets(client)
    is_refused(client)
print("All of it works.")
