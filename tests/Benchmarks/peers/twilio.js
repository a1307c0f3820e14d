// The Twilio transport of @openai/agents-extensions between two sockets in memory: Twilio's, and the model's.

import { readFileSync } from 'node:fs';
import { TwilioRealtimeTransportLayer } from '@openai/agents-extensions';

class FakeSocket {
  #listeners = [];
  onSend = () => {};

  addEventListener(type, listener) {
    if (type === 'message') this.#listeners.push(listener);
  }

  // As text, which is how `ws` hands it over.
  receive(data) {
    for (const listener of this.#listeners) listener({ data });
  }

  send(text) {
    this.onSend(text);
  }

  close() {}
}

async function connect(Layer = TwilioRealtimeTransportLayer) {
  // The marks of the recording are none of its own; it would print a line for each.
  console.warn = () => {};
  const [twilio, model] = [new FakeSocket(), new FakeSocket()];
  const layer = new Layer({ twilioWebSocket: twilio, createWebSocket: async () => model, skipOpenEventListeners: true });
  await layer.connect({ apiKey: 'none' });
  return { layer, twilio, model };
}

// Ours wrote it: the same bytes for both.
function replay(twilio, heard) {
  const lines = readFileSync(new URL('../../../artifacts/benchmarks/twilio-stream.jsonl', import.meta.url), 'utf8').trimEnd().split('\n');
  const payloads = lines.map(JSON.parse).filter((message) => message.event === 'media').map((message) => message.media.payload);
  const work = () => {
    heard.frames = 0;
    for (const line of lines) twilio.receive(line);
    if (heard.frames !== payloads.length || heard.last() !== payloads.at(-1)) throw new Error('Not all of the audio came out.');
  };
  return { work, frames: payloads.length };
}

/** From Twilio's messages to the audio that the layer hands to its `sendAudio`. */
export async function decode() {
  let last;
  const heard = { frames: 0, last: () => Buffer.from(last).toString('base64') };
  class Hearing extends TwilioRealtimeTransportLayer {
    sendAudio(audio) {
      last = audio;
      heard.frames++;
    }
  }
  return replay((await connect(Hearing)).twilio, heard);
}

/** From Twilio's messages to those that the layer sends to the model. */
export async function forward() {
  let last;
  const heard = { frames: 0, last: () => JSON.parse(last).audio };
  const { twilio, model } = await connect();
  model.onSend = (text) => {
    if (!text.startsWith('{"type":"input_audio_buffer.append"')) return;
    last = text;
    heard.frames++;
  };
  return replay(twilio, heard);
}

/** Nanoseconds from an interruption to `clear` on Twilio's socket, while 200 ms of speech are there: each call is one. */
export async function interruptions(interrupt) {
  const { layer, twilio, model } = await connect();
  let cleared;
  const marks = [];
  twilio.onSend = (text) => {
    if (text.startsWith('{"event":"clear"')) cleared = process.hrtime.bigint();
    else if (text.startsWith('{"event":"mark"')) marks.push(text);
  };
  twilio.receive('{"event":"start","sequenceNumber":"1","start":{"streamSid":"MZ1"},"streamSid":"MZ1"}');
  const delta = Buffer.alloc(800, 0x7f).toString('base64');
  let count = 0;
  return () => {
    const ids = { event_id: 'e', response_id: `r${++count}`, item_id: `i${count}`, output_index: 0, content_index: 0 };
    const response = { id: ids.response_id };
    model.receive(JSON.stringify({ type: 'response.created', event_id: 'e', response }));
    for (let i = 0; i < 2; i++) model.receive(JSON.stringify({ type: 'response.output_audio.delta', ...ids, delta }));
    const speechStarted = JSON.stringify({ type: 'input_audio_buffer.speech_started', event_id: 'e', item_id: 'caller', audio_start_ms: 20 });
    cleared = undefined;
    const begin = process.hrtime.bigint();
    interrupt(layer, model, speechStarted);
    if (cleared === undefined) throw new Error('Nothing was cleared.');
    const time = Number(cleared - begin);
    // Twilio gives back at once what was not played.
    for (const mark of marks.splice(0)) twilio.receive(mark);
    model.receive(JSON.stringify({ type: 'response.done', event_id: 'e', response }));
    return time;
  };
}
