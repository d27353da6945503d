// forge calls solc in two ways only: --version, and --standard-json from stdin to stdout.
const fs = require('fs');
const solc = require('solc');

const flags = process.argv.slice(2);
if (flags.includes('--version')) {
  // forge reads the platform from the version and knows no Emscripten.
  const version = solc.version().replace('Emscripten', 'Linux');
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version}`);
} else if (flags.includes('--standard-json')) {
  const output = Buffer.from(solc.compile(fs.readFileSync(0, 'utf8')));
  for (let sent = 0; sent < output.length; ) {
    sent += fs.writeSync(1, output, sent);
  }
} else {
  console.error(`solc-wrap: neither --version nor --standard-json in: ${flags.join(' ')}`);
  process.exitCode = 1;
}
