// Reads requests, one in a line: {"token": …, "url": …, "params": {…}, "signature": …}. Prints for each whether npm's twilio believes it: 1 or 0.
import { createInterface } from 'node:readline';
import twilio from 'twilio';

let verdicts = '';
for await (const line of createInterface({ input: process.stdin })) {
  const { token, url, params, signature } = JSON.parse(line);
  let isValid = false;
  try {
    isValid = twilio.validateRequest(token, signature, url, params);
  } catch {
    // What it cannot read it does not believe.
  }
  verdicts += isValid ? '1' : '0';
}
process.stdout.write(verdicts);
