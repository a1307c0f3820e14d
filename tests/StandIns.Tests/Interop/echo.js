// The echo service and its caller in @grpc/grpc-js, to check the .NET side from outside.
//   node echo.js serve <proto>            prints the port; ends with its standard input
//   node echo.js call <proto> <address>   prints one JSON object: what each call brought
'use strict';

const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [mode, proto, address] = process.argv.slice(2);
const { Echo } = grpc.loadPackageDefinition(loader.loadSync(proto, { defaults: true })).standins.echo.v1;

const allBytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

function echoed(call) {
  const metadata = new grpc.Metadata();
  for (const key of Object.keys(call.metadata.getMap()).filter((name) => name.startsWith('echo-'))) {
    call.metadata.get(key).forEach((value) => metadata.add(key, value));
  }
  return metadata;
}

const service = {
  Say(call, answer) {
    call.sendMetadata(echoed(call));
    answer(null, call.request, echoed(call));
  },
  Join(call, answer) {
    const texts = [];
    call.on('data', (message) => texts.push(message.text));
    call.on('end', () => answer(null, { text: texts.join(' ') }));
  },
  Split(call) {
    call.request.text.split(' ').forEach((text) => call.write({ text }));
    call.end();
  },
  Chat(call) {
    call.on('data', (message) => call.write(message));
    call.on('end', () => call.end());
  },
  Fail(call, answer) {
    const metadata = new grpc.Metadata();
    metadata.set('reason-bin', call.request.reason);
    answer({ code: call.request.code, details: call.request.detail, metadata });
  },
  Wait() {},
};

function serve() {
  const server = new grpc.Server();
  server.addService(Echo.service, service);
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(port);
  });
  process.stdin.resume().on('end', () => process.exit(0));
}

const failure = ({ code, details, metadata }) => ({
  code, details, reason: metadata?.get('reason-bin')[0]?.toString('hex'),
});

// The same three facts of a call that went well, whatever its kind.
function unary(invoke) {
  return new Promise((resolve, reject) => {
    const seen = {};
    const call = invoke((error, answer) => { if (error) reject(error); else seen.answer = answer; });
    call.on('metadata', (headers) => { seen.headers = headers; });
    call.on('status', ({ metadata }) => resolve({ ...seen, trailers: metadata }));
  });
}

function stream(call) {
  return new Promise((resolve, reject) => {
    const texts = [];
    call.on('data', (message) => texts.push(message.text));
    call.on('error', reject);
    call.on('end', () => resolve(texts));
  });
}

async function callAll() {
  const credentials = grpc.credentials.createInsecure();
  const client = new Echo(address, credentials);
  const zipped = new Echo(address, credentials, {
    'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip,
  });
  const metadata = new grpc.Metadata();
  metadata.set('echo-text', 'first');
  metadata.set('echo-bytes-bin', allBytes);

  const say = await unary((done) => client.Say({ text: 'Grüße', payload: allBytes }, metadata, done));
  const long = await unary((done) => zipped.Say({ text: 'x'.repeat(100000) }, done));
  const join = await unary((done) => {
    const call = client.Join(done);
    ['one', 'two', 'three'].forEach((text) => call.write({ text }));
    call.end();
    return call;
  });
  const chat = client.Chat();
  const chatted = stream(chat);
  ['one', 'two'].forEach((text) => chat.write({ text }));
  chat.end();

  console.log(JSON.stringify({
    text: say.answer.text,
    payload: say.answer.payload.toString('hex'),
    headerText: say.headers.get('echo-text')[0],
    headerBytes: say.headers.get('echo-bytes-bin')[0].toString('hex'),
    trailerText: say.trailers.get('echo-text')[0],
    trailerBytes: say.trailers.get('echo-bytes-bin')[0].toString('hex'),
    zippedLength: long.answer.text.length,
    join: join.answer.text,
    split: await stream(client.Split({ text: 'one two three' })),
    chat: await chatted,
    failure: await unary((done) => client.Fail({ code: 9, detail: 'Größe 100 % überschritten: 電話', reason: allBytes }, done)).catch(failure),
    deadline: await unary((done) => client.Wait({}, { deadline: Date.now() + 200 }, done)).catch(failure),
  }));
  client.close();
  zipped.close();
}

if (mode === 'serve') serve();
else callAll().catch((error) => { console.error(error); process.exit(1); });
