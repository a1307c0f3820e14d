"""What SdksWork.cs does in C#, with the client in Python. Its arguments: a call's CallSid, and a folder to write to."""

import dataclasses
import os
import sys
import time
import wave

from rapida import Forbidden, Invalid, NotFound, PhoneSettings, Provider, Rapida, RapidaError, Unauthenticated


def refused(kind, code, request):
    try:
        request()
    except RapidaError as error:
        assert (type(error), error.code) == (kind, code), error
        assert error.trace_id, error
    else:
        raise AssertionError(f"It was not refused with {code}.")


def makes_an_assistant(client):
    (twilio,) = [credential for credential in client.credentials.list() if credential.provider == "twilio"]
    assistant = client.assistants.create("Made in Python")
    model = Provider("scripted", {"model": "appointment"})
    version = client.assistants.versions.create(assistant.id, language_model=model, prompt="Take an appointment.")
    assert (version.version, version.language_model) == (1, model), version
    settings = PhoneSettings(twilio.id, "+13125550162", speech_to_text=Provider("pocketsphinx"), text_to_speech=Provider("flite"))
    phone = client.assistants.phone.save(assistant.id, settings)
    changed = client.assistants.phone.save(assistant.id, dataclasses.replace(phone, greeting="Good day."))
    assert (phone.revision, changed.revision, changed.greeting, changed.idle_timeout_seconds) == (1, 2, "Good day.", 30), changed
    assert client.assistants.get(int(assistant.id)).live_version == 1
    assert assistant.id in [listed.id for listed in client.assistants.list()]


def reads_a_call(client, sid, folder):
    (call,) = [call for call in client.calls.list(page_size=1) if call.provider_call_id == sid]
    call.wait(timeout=30)
    assert (call.status, call.direction, call.is_over) == ("completed", "inbound", True), call
    assert sid in [listed.provider_call_id for listed in client.calls.list(direction="inbound", status="completed")]

    conversation = client.conversations.get(call.conversation.id)
    until = time.monotonic() + 60
    while conversation.recording_id is None:
        assert time.monotonic() < until, "There is no recording after a minute."
        time.sleep(0.2)
        conversation = client.conversations.get(conversation.id)
    assert "assistant" in [turn.speaker for turn in conversation.turns], conversation
    assert client.conversations.journal(conversation.id)
    assert conversation.id in [listed.id for listed in client.conversations.list(page_size=1)]

    recording = client.recordings.get(conversation.recording_id)
    path = os.path.join(folder, "from-python.wav")
    assert client.recordings.download(recording.id, path) == recording.size_bytes == os.path.getsize(path)
    with wave.open(path) as audio:
        assert (audio.getnchannels(), audio.getframerate()) == (2, 8000)
    assert sum(len(piece) for piece in client.recordings.audio(recording.id)) == recording.size_bytes


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
    assert made.api_key.id in [listed.id for listed in client.api_keys.list()]


def is_refused(client):
    refused(NotFound, "call_unknown", lambda: client.calls.get("01990000-0000-7000-8000-00000000dead"))
    refused(NotFound, "assistant_unknown", lambda: client.assistants.get(999999999999999))
    refused(Invalid, "name_invalid", lambda: client.assistants.create(""))
    refused(Invalid, "page_invalid", lambda: next(iter(client.calls.list(page_size=1000))))
    with Rapida("rpd-nobody") as stranger:
        refused(Unauthenticated, "unauthenticated", lambda: next(iter(stranger.calls.list())))


with Rapida(os.environ["RAPIDA_API_KEY"]) as client:
    makes_an_assistant(client)
    reads_a_call(client, *sys.argv[1:])
    keeps_secrets(client)
    is_refused(client)
print("All of it works.")
