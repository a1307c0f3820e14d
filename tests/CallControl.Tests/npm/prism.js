// Answers as an OpenAPI file says, and refuses what the file does not allow: port, file. It ends when its input ends, and so with whoever started it.
const [, , port, file] = process.argv;
process.stdin.on('end', () => process.exit()).resume();
process.argv.splice(2, 2, 'mock', '--host', '127.0.0.1', '--port', port, file);
await import('@stoplight/prism-cli/dist/index.js');
