// Writes ABI and creation code of our contracts, one small JSON file each: artifacts.js OUT TARGET
const fs = require('fs');
const path = require('path');

const [out, target] = process.argv.slice(2);
fs.mkdirSync(target, { recursive: true });
for (const name of ['SkepToken', 'SkepForwarder', 'KingLedger']) {
  const { abi, bytecode } = JSON.parse(fs.readFileSync(path.join(out, `${name}.sol`, `${name}.json`)));
  const artifact = { contract: name, abi, bytecode: bytecode.object };
  fs.writeFileSync(path.join(target, `${name}.json`), JSON.stringify(artifact, null, 1) + '\n');
}
