// One peer and one job in one process: node measure.js <job>. Prints {"nanoseconds": median of a 20 ms frame or of an interruption, "heldBackMs": …} as JSON.
// Results that are given late are measured as the audio that went in before the first sample came out.

import { readFileSync } from 'node:fs';

const rounds = 200;
const frame = Int16Array.from({ length: 160 }, (_, i) => Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / 8000)));

function median(work, perRound) {
  return medianOf(() => {
    const begin = process.hrtime.bigint();
    for (let i = 0; i < perRound; i++) work();
    return Number(process.hrtime.bigint() - begin) / perRound;
  });
}

function medianOf(round) {
  // Half a second, so that the optimising compiler is through.
  for (const until = process.hrtime.bigint() + 500_000_000n; process.hrtime.bigint() < until; ) round();
  return Array.from({ length: rounds }, round).sort((a, b) => a - b)[rounds / 2];
}

// Milliseconds of input given, in frames of 20, before any output comes: 0 when the first frame gives something.
function heldBack(push) {
  for (let frames = 0; frames < 500; frames++) if (push() > 0) return frames * 20;
  return null;
}

const jobs = {
  async decode() {
    const { mulaw } = (await import('alawmulaw')).default;
    const codes = mulaw.encode(frame);
    return { nanoseconds: median(() => mulaw.decode(codes), 200) };
  },
  async encode() {
    const { mulaw } = (await import('alawmulaw')).default;
    return { nanoseconds: median(() => mulaw.encode(frame), 200) };
  },
  async libsamplerate() {
    const { default: library } = await import('@alexanderolsen/libsamplerate-js');
    const options = { converterType: library.ConverterType.SRC_SINC_FASTEST };
    const input = Float32Array.from(frame, (sample) => sample / 32768);
    const fresh = await library.create(1, 8000, 16000, options);
    const heldBackMs = heldBack(() => fresh.full(input).length);
    const resampler = await library.create(1, 8000, 16000, options);
    return { nanoseconds: median(() => resampler.full(input), 20), heldBackMs };
  },
  async livekit() {
    const { AudioFrame, AudioResampler } = await import('@livekit/rtc-node');
    const push = (resampler) => resampler.push(new AudioFrame(frame, 8000, 1, 160)).reduce((sum, f) => sum + f.samplesPerChannel, 0);
    const fresh = new AudioResampler(8000, 16000);
    const heldBackMs = heldBack(() => push(fresh));
    const resampler = new AudioResampler(8000, 16000);
    return { nanoseconds: median(() => push(resampler), 20), heldBackMs };
  },
  async twilioDecode() {
    const { work, frames } = await (await import('./twilio.js')).decode();
    return { nanoseconds: median(work, 1) / frames };
  },
  async twilioForward() {
    const { work, frames } = await (await import('./twilio.js')).forward();
    return { nanoseconds: median(work, 1) / frames };
  },
  async twilioInterrupt() {
    const { interruptions } = await import('./twilio.js');
    return { nanoseconds: medianOf(await interruptions((layer) => layer.interrupt())) };
  },
  async twilioSpeechStarted() {
    const { interruptions } = await import('./twilio.js');
    return { nanoseconds: medianOf(await interruptions((_, model, speechStarted) => model.receive(speechStarted))) };
  },
  async signature() {
    const { default: twilio } = await import('twilio');
    const vectors = JSON.parse(readFileSync('../../CallControl.Tests/signature_vectors.json'));
    const { authToken, signature, url, params } = vectors.find((vector) => vector.name === 'inbound-voice-webhook-realistic');
    if (!twilio.validateRequest(authToken, signature, url, params)) throw new Error('The signature does not hold.');
    return { nanoseconds: median(() => twilio.validateRequest(authToken, signature, url, params), 200) };
  },
};

console.log(JSON.stringify(await jobs[process.argv[2]]()));
process.exit(0);
