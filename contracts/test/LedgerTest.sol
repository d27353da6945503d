// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Blocks} from "../src/Blocks.sol";
import {Deposits} from "../src/Deposits.sol";
import {KingLedger} from "../src/KingLedger.sol";
import {Pools} from "../src/Pools.sol";
import {Setup} from "../src/Setup.sol";
import {SkepForwarder} from "../src/SkepForwarder.sol";
import {SkepToken} from "../src/SkepToken.sol";
import {Signing} from "./Signing.sol";
import {Earning, Tree} from "./Tree.sol";

/// One deployment, one owner with tokens, a signer, king and guardian, two providers.
abstract contract LedgerTest is Signing {
    bytes32 internal constant SALT = bytes32(uint256(7));
    uint48 internal constant CHALLENGE = 5;
    uint48 internal constant DELAY = 60;
    uint48 internal constant TIMEOUT = 30;
    uint48 internal constant HANDOVER = 90;
    uint48 internal constant EPOCH = 1_000;
    uint48 internal constant WINDOW = 120;
    uint48 internal constant START = 1_700_000_000;
    uint128 internal constant RICH = 1_000 ether;

    SkepToken internal token;
    SkepForwarder internal forwarder;
    KingLedger internal ledger;
    address internal owner;
    address internal signer;
    address internal king = address(0x111);
    address internal guardian = address(0x333);
    address internal stranger = address(0x222);
    address internal alice = address(0xA);
    address internal bob = address(0xB);
    mapping(uint64 => Blocks.Debit[]) internal debitsOf;

    function setUp() public virtual {
        vm.warp(START);
        owner = vm.addr(OWNER_KEY);
        signer = vm.addr(SIGNER_KEY);
        token = new SkepToken(address(this), 1_000_000 ether);
        forwarder = new SkepForwarder();
        ledger = new KingLedger(setup());
        token.mint(owner, RICH);
        vm.prank(owner);
        token.approve(address(ledger), type(uint256).max);
    }

    function setup() internal view returns (Setup memory) {
        return Setup(
            address(token),
            address(forwarder),
            king,
            guardian,
            CHALLENGE,
            DELAY,
            TIMEOUT,
            HANDOVER,
            EPOCH,
            WINDOW
        );
    }

    /// A signer for a long time, and this cap.
    function terms(uint128 cap) internal view returns (Pools.Terms memory) {
        return Pools.Terms(signer, START + 365 days, cap);
    }

    function opened(uint128 amount) internal returns (bytes32) {
        return opened(SALT, amount, RICH);
    }

    function opened(bytes32 salt, uint128 amount, uint128 cap) internal returns (bytes32 poolId) {
        vm.startPrank(owner);
        poolId = ledger.open(salt, terms(cap));
        if (amount > 0) ledger.deposit(poolId, amount);
        vm.stopPrank();
    }

    function debited(bytes32 poolId) internal view returns (uint128) {
        return ledger.pool(poolId).debited;
    }

    /// The king debits the pool up to this and says that alice and bob have earned this much of it.
    function settled(bytes32 poolId, uint128 debit, uint128 toAlice, uint128 toBob)
        internal
        returns (Earning[] memory four)
    {
        four = earnings(poolId, toAlice, toBob);
        finalize(Tree.root(four), debits(poolId, debited(poolId), debit));
    }

    function finalize(bytes32 root, Blocks.Debit[] memory table) internal {
        uint64 number = ledger.head() + 1;
        bytes32 parent = ledger.blockAt(number - 1).hash;
        delete debitsOf[number];
        for (uint256 i = 0; i < table.length; i++) {
            debitsOf[number].push(table[i]);
        }
        vm.prank(king);
        ledger.finalizeBlock(number, parent, root, bytes32(0), table, noLeaves());
    }

    /// Takes the topmost vetoed block back, with what the king published of it.
    function undone() internal {
        ledger.undo(bytes32(0), keccak256(abi.encode(noLeaves())), debitsOf[ledger.tip()]);
    }

    function earnings(bytes32 poolId, uint128 toAlice, uint128 toBob) internal view returns (Earning[] memory four) {
        four = new Earning[](4);
        four[0] = Earning(poolId, alice, toAlice);
        four[1] = Earning(poolId, bob, toBob);
        four[2] = Earning(bytes32(uint256(1)), alice, 1);
        four[3] = Earning(bytes32(uint256(2)), bob, 2);
    }

    function debits(bytes32 poolId, uint128 from, uint128 to) internal pure returns (Blocks.Debit[] memory one) {
        one = new Blocks.Debit[](1);
        one[0] = Blocks.Debit(poolId, from, to);
    }

    function noLeaves() internal pure returns (Blocks.Leaf[] memory) {
        return new Blocks.Leaf[](0);
    }

    function permit(uint128 amount) internal returns (Deposits.Permit memory) {
        (uint8 v, bytes32 r, bytes32 s) = permit(token, address(ledger), amount, block.timestamp);
        return Deposits.Permit(amount, block.timestamp, v, r, s);
    }

    function voucher(bytes32 poolId, address provider, uint128 cumulative) internal returns (bytes memory) {
        return voucher(address(ledger), SIGNER_KEY, Voucher(poolId, provider, cumulative));
    }

    function pass(uint256 time) internal {
        vm.warp(block.timestamp + time);
    }
}
