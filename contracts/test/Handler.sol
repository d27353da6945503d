// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IKingLedger} from "../src/IKingLedger.sol";
import {KingLedger} from "../src/KingLedger.sol";
import {SkepToken} from "../src/SkepToken.sol";
import {Test} from "./Vm.sol";
import {Tree} from "./Tree.sol";

/// Owners, providers and a king that lies, on two pools and two providers. What must work is chosen so
/// that it does (a revert fails the run); what must not is tried by `lie` and may fail.
contract Handler is Test {
    KingLedger private immutable ledger;
    SkepToken private immutable token;
    address private immutable king;

    bytes32[2] public pools;
    address[2] public owners = [address(0xC0), address(0xC1)];
    address[2] public providers = [address(0xA), address(0xB)];
    /// The most that any block said a provider had earned of a pool.
    mapping(bytes32 => mapping(address => uint128)) public promised;
    mapping(uint64 => IKingLedger.Leaf[]) private earned;
    uint128[4] private truly;
    uint256 public blocks;
    uint256 public claims;
    uint256 public withdrawals;

    constructor(KingLedger ledger_, SkepToken token_) {
        ledger = ledger_;
        token = token_;
        king = ledger_.king();
        for (uint256 i = 0; i < 2; i++) {
            vm.prank(owners[i]);
            pools[i] = ledger_.open(bytes32(i));
        }
    }

    function deposit(uint256 which, uint128 amount) external {
        amount = uint128(bound(amount, 1, 1_000 ether));
        token.mint(address(this), amount);
        token.approve(address(ledger), amount);
        ledger.deposit(pools[which % 2], amount);
    }

    /// An honest debit, and leaves that are honest or promise what was not debited.
    function settle(uint256 which, uint128 spent, uint128[4] memory shares, bool honest) external {
        bytes32 poolId = pools[which % 2];
        IKingLedger.Pool memory account = ledger.pool(poolId);
        uint128 free = account.deposited - account.withdrawn - account.reserved;
        // Half of it at most, or the first blocks would leave nothing for the rest of the run.
        uint128 debit = account.reserved + uint128(bound(spent, free < 2 ? 0 : 1, free / 2));
        IKingLedger.Leaf[] memory four = next(which % 2, debit - account.reserved, shares, honest);
        IKingLedger.Debit[] memory debits = new IKingLedger.Debit[](1);
        debits[0] = IKingLedger.Debit(poolId, debit);
        uint64 number = ledger.head() + 1;
        bytes32 parent = ledger.blockAt(number - 1).hash;
        vm.prank(king);
        ledger.finalizeBlock(number, parent, Tree.root(four), bytes32(0), debits, four);
        for (uint256 i = 0; i < 4; i++) {
            earned[number].push(four[i]);
            uint128 before = promised[four[i].poolId][four[i].provider];
            if (four[i].cumulative > before) promised[four[i].poolId][four[i].provider] = four[i].cumulative;
        }
        blocks++;
    }

    /// Claims on any block, old ones too; passes the time that the block needs.
    function claim(uint64 number, uint256 place) external {
        if (ledger.head() == 0) return;
        // Mostly the newest block: on old ones there is seldom anything left.
        number = number % 4 == 0 ? uint64(bound(number, 1, ledger.head())) : ledger.head();
        place = place % 4;
        IKingLedger.Leaf memory leaf = earned[number][place];
        if (ledger.blockAt(number).activeAt > block.timestamp) vm.warp(ledger.blockAt(number).activeAt);
        IKingLedger.Pool memory account = ledger.pool(leaf.poolId);
        uint128 paid = ledger.claimedOf(leaf.poolId, leaf.provider);
        bytes32[] memory proof = Tree.proof(earned[number], place);
        bool due = leaf.cumulative > paid && leaf.cumulative - paid <= account.reserved - account.claimed;
        try ledger.claimFor(number, leaf.poolId, leaf.provider, leaf.cumulative, proof) {
            truth(due, "paid what was not due");
            claims++;
        } catch {
            truth(!due, "refused what was due");
        }
    }

    function withdraw(uint256 which, uint128 amount) external {
        bytes32 poolId = pools[which % 2];
        vm.startPrank(owners[which % 2]);
        ledger.requestWithdraw(poolId, uint128(bound(amount, 1, 100 ether)));
        vm.warp(block.timestamp + ledger.withdrawDelay());
        ledger.withdraw(poolId);
        vm.stopPrank();
        withdrawals++;
    }

    /// Blocks that must not pass: any debit, in any order of numbers and parents.
    function lie(uint64 number, bytes32 parent, uint256 which, uint128 debit, bool chained) external {
        bytes32 poolId = pools[which % 2];
        IKingLedger.Pool memory account = ledger.pool(poolId);
        if (chained) (number, parent) = (ledger.head() + 1, ledger.blockAt(ledger.head()).hash);
        bool possible = number == ledger.head() + 1 && parent == ledger.blockAt(ledger.head()).hash
            && debit >= account.reserved && debit <= account.deposited - account.withdrawn;
        if (possible) return;
        IKingLedger.Debit[] memory debits = new IKingLedger.Debit[](1);
        debits[0] = IKingLedger.Debit(poolId, debit);
        vm.prank(king);
        try ledger.finalizeBlock(number, parent, parent, parent, debits, new IKingLedger.Leaf[](0)) {
            revert NotTrue("a block passed that must not");
        } catch {}
    }

    /// A proof is good for its own amount and no other.
    function forge(uint256 place, uint128 cumulative) external {
        uint64 number = ledger.head();
        place = place % 4;
        if (number == 0) return;
        IKingLedger.Leaf memory leaf = earned[number][place];
        if (ledger.blockAt(number).activeAt > block.timestamp) vm.warp(ledger.blockAt(number).activeAt);
        bytes32[] memory proof = Tree.proof(earned[number], place);
        cumulative = uint128(bound(cumulative, 0, leaf.cumulative)) + 1;
        if (cumulative == leaf.cumulative) return;
        try ledger.claimFor(number, leaf.poolId, leaf.provider, cumulative, proof) {
            revert NotTrue("a forged amount was paid");
        } catch {}
    }

    /// The true earnings with this block's; a lying king adds to each what no debit covers.
    function next(uint256 which, uint128 spent, uint128[4] memory shares, bool honest)
        private
        returns (IKingLedger.Leaf[] memory four)
    {
        four = new IKingLedger.Leaf[](4);
        uint128 first = uint128(bound(shares[0], 0, spent));
        truly[2 * which] += first;
        truly[2 * which + 1] += spent - first;
        for (uint256 i = 0; i < 4; i++) {
            uint128 more = honest ? 0 : uint128(bound(shares[i], 0, 10 ether));
            four[i] = IKingLedger.Leaf(pools[i / 2], providers[i % 2], truly[i] + more);
        }
    }
}
