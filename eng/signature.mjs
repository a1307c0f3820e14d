// Why does a webhook's signature not hold? make doctor URL=… SIGNATURE=… PARAMS='{"CallSid":"CA…"}' asks the running system, or the one of GATEWAY and KEY.
import { readFileSync } from 'node:fs';

const { URL: url, SIGNATURE: signature, PARAMS: params = '{}', CREDENTIAL: credential } = process.env;

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function running() {
  try {
    const run = JSON.parse(readFileSync(new globalThis.URL('../.data/run.json', import.meta.url)));
    return { gateway: run.gateway_url, key: run.api_key };
  } catch {
    return fail('The system does not run here: type `make run`, or say GATEWAY=https://… and KEY=rpd-… (scopes calls:read and credentials:read).');
  }
}

const { gateway, key } = process.env.GATEWAY ? { gateway: process.env.GATEWAY, key: process.env.KEY } : running();

async function ask(path, body) {
  const answer = await fetch(gateway + path, {
    method: body ? 'POST' : 'GET',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const told = await answer.json();
  return answer.ok ? told : fail(`${told.code}: ${told.detail}`);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return fail('PARAMS is a JSON object: \'{"CallSid":"CA…","From":"+1…"}\'.');
  }
}

const twilio = async () => (await ask('/v1/credentials')).credentials.find((one) => one.provider === 'twilio')?.id ?? fail('There is no Twilio credential: say CREDENTIAL=<id>.');
const finding = await ask('/v1/diagnostics/signature', { credential_id: credential ?? (await twilio()), url, signature, params: parsed(params) });
console.log(`${finding.cause}: ${finding.detail}`);
if (finding.signed_url) console.log(`Signed: ${finding.signed_url}`);
process.exit(finding.valid ? 0 : 1);
