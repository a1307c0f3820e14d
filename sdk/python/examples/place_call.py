# Places a call. Put in your key, your assistant and the number to ring, and say where your Rapida answers: RAPIDA_BASE_URL=https://…
from rapida import Rapida

client = Rapida(api_key="rpd-xxx-your-key")

call = client.calls.create(
    assistant_id=123456789,
    to_number="+15551234567",
    from_number="+15559876543",  # optional, uses deployment default
    metadata={"campaign": "follow-up"},
)

print(f"Call queued: conversation_id={call.conversation.id}")
