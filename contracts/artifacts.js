// Writes what is made of our contracts: ABI and creation code for Java, one small JSON file each, and the layout
// of the ledger's storage. Refuses a contract that is too large for a chain: artifacts.js OUT TARGET LAYOUT
const fs = require('fs');
const path = require('path');

const LARGEST = 24576; // EIP-170
const [out, target, layout] = process.argv.slice(2);
const compiled = (name) => JSON.parse(fs.readFileSync(path.join(out, `${name}.sol`, `${name}.json`)));
const write = (file, json) => fs.writeFileSync(file, JSON.stringify(json, null, 1) + '\n');

fs.mkdirSync(target, { recursive: true });
for (const name of ['SkepToken', 'SkepForwarder', 'KingLedger']) {
  const { abi, bytecode, deployedBytecode } = compiled(name);
  const size = (deployedBytecode.object.length - 2) / 2;
  if (size > LARGEST) throw new Error(`${name} has ${size} bytes, more than ${LARGEST}`);
  console.error(`${name}: ${size} bytes`);
  write(path.join(target, `${name}.json`), { contract: name, abi, bytecode: bytecode.object });
}

// The types' names carry numbers that change with every compile of other files.
const plain = (type) => type.replace(/\)\d+_/g, ')').replace(/\d+_storage/g, '_storage');
const slot = ({ label, slot, offset, type }) => ({ label, slot, offset, type: plain(type) });
const { storage, types } = compiled('KingLedger').storageLayout;
const structs = Object.entries(types).filter(([, type]) => type.members);
write(layout, {
  storage: storage.map(slot),
  structs: Object.fromEntries(structs.map(([name, { members }]) => [plain(name), members.map(slot)]).sort()),
});
