// Prints the vectors that the Java code is held to, made by independent libraries: node vectors.js
const { StandardMerkleTree } = require('@openzeppelin/merkle-tree');
const ethers = require('ethers');
const fs = require('fs');

const address = (n) => '0x' + n.toString(16).padStart(40, '0');
const fields = (types) => Object.entries(types).map(([name, type]) => ({ name, type }));
const word = (i) => ethers.keccak256(ethers.toBeHex(i, 32));

function earnings(count) {
  const values = Array.from({ length: count }, (_, i) => [word(i % 7), address(1000 + i), String(10n ** 18n * BigInt(i) + 1n)]);
  const tree = StandardMerkleTree.of(values, ['bytes32', 'address', 'uint256']);
  const picked = [...new Set([0, count >> 1, count - 1])];
  return {
    leaves: values.map(([poolId, provider, cumulative]) => ({ poolId, provider, cumulative })),
    root: tree.root,
    proofs: picked.map((i) => ({ leaf: i, hash: tree.leafHash(values[i]), proof: tree.getProof(i) })),
  };
}

function receipts(count) {
  const values = Array.from({ length: count }, (_, i) => [
    '0x' + (0x0190a0b0c0d07000n + BigInt(i)).toString(16).padStart(16, '0') + '8000000000000001' + '0'.repeat(32),
    1 + (i % 3), word(3), address(2000 + i), String(5n * BigInt(i)), word(100 + i),
  ]);
  const tree = StandardMerkleTree.of(values, ['bytes32', 'uint256', 'bytes32', 'address', 'uint256', 'bytes32']);
  return {
    leaves: values.map(([job, attempt, poolId, provider, amount, resultSha256]) => ({
      jobId: job.slice(2, 34).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      attempt, poolId, provider, amount, resultSha256,
    })),
    root: tree.root,
    proof: tree.getProof(0),
  };
}

function block() {
  const coder = ethers.AbiCoder.defaultAbiCoder();
  const debits = [[word(1), 3n, 7n], [word(2), 0n, 2n ** 128n - 1n]];
  const leaves = [[0, address(5), 7n]];
  const dataHash = ethers.keccak256(coder.encode(['tuple(uint32,address,uint128)[]'], [leaves]));
  const debitsHash = ethers.keccak256(coder.encode(['tuple(bytes32,uint128,uint128)[]'], [debits]));
  const fields = [31337n, address(77), 3n, word(4), word(5), word(6), dataHash, debitsHash];
  const hash = ethers.keccak256(
    coder.encode(['uint256', 'address', 'uint64', 'bytes32', 'bytes32', 'bytes32', 'bytes32', 'bytes32'], fields));
  const abi = ['function finalizeBlock(uint64,bytes32,bytes32,bytes32,tuple(bytes32,uint128,uint128)[],tuple(uint32,address,uint128)[])'];
  const calldata = new ethers.Interface(abi).encodeFunctionData('finalizeBlock', [3n, word(4), word(5), word(6), debits, leaves]);
  const chainPoolId = ethers.keccak256(
    coder.encode(['address', 'bytes32'], [address(9), '0x0190a0b0c0d070008000000000000001' + '0'.repeat(32)]));
  return { dataHash, debitsHash, hash, calldata, chainPoolId };
}

async function typed() {
  const wallet = ethers.HDNodeWallet.fromPhrase('test test test test test test test test test test test junk');
  const permit = { owner: wallet.address, spender: address(50), value: 10n ** 19n, nonce: 3n, deadline: 1800000000n };
  const permitTypes = { Permit: fields({ owner: 'address', spender: 'address', value: 'uint256', nonce: 'uint256', deadline: 'uint256' }) };
  const permitDomain = { name: 'Skep', version: '1', chainId: 31337, verifyingContract: address(40) };
  const request = { from: wallet.address, to: address(60), value: 0n, gas: 300000n, nonce: 2n, deadline: 1800000000n, data: '0xdeadbeef01' };
  const requestTypes = { ForwardRequest: fields({ from: 'address', to: 'address', value: 'uint256', gas: 'uint256', nonce: 'uint256', deadline: 'uint48', data: 'bytes' }) };
  const requestDomain = { name: 'SkepForwarder', version: '1', chainId: 4202, verifyingContract: address(41) };
  const signature = await wallet.signTypedData(requestDomain, requestTypes, request);
  const data = [request.from, request.to, 0n, request.gas, request.deadline, request.data, signature];
  const execute = new ethers.Interface(['function execute(tuple(address,address,uint256,uint256,uint48,bytes,bytes))']);
  const transaction = { type: 2, chainId: 31337, nonce: 5, gasLimit: 21000, maxFeePerGas: 100, maxPriorityFeePerGas: 2, to: address(60), value: 3, data: '0x0102' };
  const ledgerDomain = { name: 'KingLedger', version: '1', chainId: 31337, verifyingContract: address(60) };
  const ledger = new ethers.Interface(JSON.parse(fs.readFileSync(`${__dirname}/../chain/src/main/resources/dev/skep/chain/contracts/KingLedger.json`)).abi);
  const poolId = ethers.keccak256('0x');
  const voucher = { poolId, provider: address(5), cumulative: 70n };
  const voucherTypes = { Voucher: fields({ poolId: 'bytes32', provider: 'address', cumulative: 'uint128' }) };
  const voucherSignature = await wallet.signTypedData(ledgerDomain, voucherTypes, voucher);
  const terms = { signer: address(6), expiry: 1800000000n, epochCap: 80n };
  const appointment = { poolId, ...terms, nonce: 4n, deadline: 1800000000n };
  const appointmentTypes = { Appointment: fields({ poolId: 'bytes32', signer: 'address', expiry: 'uint48', epochCap: 'uint128', nonce: 'uint256', deadline: 'uint256' }) };
  const appointmentSignature = await wallet.signTypedData(ledgerDomain, appointmentTypes, appointment);
  const fundingPermit = { owner: wallet.address, spender: address(60), value: 9n, nonce: 1n, deadline: 1800000000n };
  const { v, r, s } = ethers.Signature.from(await wallet.signTypedData(permitDomain, permitTypes, fundingPermit));
  return {
    address: wallet.address,
    voucher: { digest: ethers.TypedDataEncoder.hash(ledgerDomain, voucherTypes, voucher), signature: voucherSignature, calldata: ledger.encodeFunctionData('redeem', [poolId, address(5), 70n, voucherSignature]) },
    appointment: { digest: ethers.TypedDataEncoder.hash(ledgerDomain, appointmentTypes, appointment), signature: appointmentSignature, calldata: ledger.encodeFunctionData('appointFor', [poolId, terms, 1800000000n, appointmentSignature]) },
    openWithPermit: ledger.encodeFunctionData('openWithPermit', [poolId, terms, { amount: 9n, deadline: 1800000000n, v, r, s }]),
    permit: { digest: ethers.TypedDataEncoder.hash(permitDomain, permitTypes, permit), signature: await wallet.signTypedData(permitDomain, permitTypes, permit) },
    request: { digest: ethers.TypedDataEncoder.hash(requestDomain, requestTypes, request), signature, calldata: execute.encodeFunctionData('execute', [data]) },
    message: { text: 'grüezi\nSkep', signature: await wallet.signMessage('grüezi\nSkep') },
    transaction: { raw: await wallet.signTransaction(transaction) },
  };
}

typed().then((signed) => {
  const trees = [1, 2, 3, 5, 8, 10, 33].map(earnings);
  process.stdout.write(JSON.stringify({ trees, receipts: receipts(6), block: block(), typed: signed }, null, 1) + '\n');
});
