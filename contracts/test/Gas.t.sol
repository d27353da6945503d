// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Blocks} from "../src/Blocks.sol";
import {LedgerTest} from "./LedgerTest.sol";
import {Earning, Tree} from "./Tree.sol";

/// What transactions cost, with their calldata; snapshots/gas.json holds the numbers.
contract GasTest is LedgerTest {
    uint256 private constant RECEIPTS = 10_000;

    function test_gas_ofABlockWithAHundredProviders() external {
        bytes32 poolId = opened(RICH);
        settled(poolId, 1 ether, 1 ether, 0);
        bytes memory data = blockCall(2, debits(poolId, 1 ether, 9.87654321 ether), leaves(100, 1));
        vm.prank(king);
        uint256 gas = spent("finalizeBlock, 1 pool, 100 providers", data);
        truth(gas <= 30 * RECEIPTS, "more than 30 gas per receipt of a block of 10,000");
    }

    function test_gas_ofABlockWithFiftyPools() external {
        Blocks.Debit[] memory table = new Blocks.Debit[](50);
        for (uint256 i = 0; i < 50; i++) {
            table[i] = Blocks.Debit(opened(bytes32(i), 1 ether, RICH), 0, 0.123456789 ether);
        }
        bytes memory data = blockCall(1, table, leaves(100, 50));
        vm.prank(king);
        spent("finalizeBlock, 50 new pools, 100 providers", data);
    }

    function test_gas_ofPayments() external {
        bytes32 poolId = opened(RICH);
        Earning[] memory four = settled(poolId, 9 ether, 5 ether, 4 ether);
        pass(CHALLENGE);
        bytes32[] memory proof = Tree.proof(four, 0);
        spent("claimFor, first", abi.encodeCall(ledger.claimFor, (1, poolId, alice, 5 ether, proof)));
        bytes memory signature = voucher(poolId, bob, 3 ether);
        spent("redeem, first", abi.encodeCall(ledger.redeem, (poolId, bob, 3 ether, signature)));
        signature = voucher(poolId, bob, 4 ether);
        spent("redeem, next", abi.encodeCall(ledger.redeem, (poolId, bob, 4 ether, signature)));
    }

    function blockCall(uint64 number, Blocks.Debit[] memory table, Blocks.Leaf[] memory rows)
        private
        view
        returns (bytes memory)
    {
        bytes32 parent = ledger.blockAt(number - 1).hash;
        bytes32 root = keccak256("root");
        return abi.encodeCall(ledger.finalizeBlock, (number, parent, root, keccak256("receipts"), table, rows));
    }

    function leaves(uint256 count, uint256 pools) private pure returns (Blocks.Leaf[] memory rows) {
        rows = new Blocks.Leaf[](count);
        for (uint256 i = 0; i < count; i++) {
            address provider = address(uint160(uint256(keccak256(abi.encode(i)))));
            rows[i] = Blocks.Leaf(uint32(i % pools), provider, uint128(0.0123456789 ether * (i + 1)));
        }
    }

    /// What a transaction with this data costs: the least that EIP-7623 asks for, or calldata and execution.
    function spent(string memory name, bytes memory data) private returns (uint256 gas) {
        uint256 tokens = 0;
        for (uint256 i = 0; i < data.length; i++) {
            tokens += data[i] == 0 ? 1 : 4;
        }
        uint256 before = gasleft();
        (bool done,) = address(ledger).call(data);
        gas = before - gasleft() + 21_000 + 4 * tokens;
        truth(done, name);
        if (gas < 21_000 + 10 * tokens) gas = 21_000 + 10 * tokens;
        vm.snapshotValue("gas", name, gas);
    }
}
