// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IKingLedger} from "../src/IKingLedger.sol";
import {KingLedger} from "../src/KingLedger.sol";
import {SkepForwarder} from "../src/SkepForwarder.sol";
import {SkepToken} from "../src/SkepToken.sol";
import {Test} from "./Vm.sol";
import {Tree} from "./Tree.sol";

/// One deployment, one owner with tokens, one king, two providers.
abstract contract LedgerTest is Test {
    uint64 internal constant CHALLENGE = 5;
    uint64 internal constant DELAY = 60;
    uint128 internal constant RICH = 1_000 ether;
    uint256 internal constant OWNER_KEY = 0xA11CE;

    SkepToken internal token;
    SkepForwarder internal forwarder;
    KingLedger internal ledger;
    address internal owner;
    address internal king = address(0x111);
    address internal stranger = address(0x222);
    address internal alice = address(0xA);
    address internal bob = address(0xB);

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        owner = vm.addr(OWNER_KEY);
        token = new SkepToken(address(this), 1_000_000 ether);
        forwarder = new SkepForwarder();
        ledger = new KingLedger(address(token), address(forwarder), king, CHALLENGE, DELAY);
        token.mint(owner, RICH);
        vm.prank(owner);
        token.approve(address(ledger), type(uint256).max);
    }

    function opened(bytes32 salt, uint128 amount) internal returns (bytes32 poolId) {
        vm.startPrank(owner);
        poolId = ledger.open(salt);
        if (amount > 0) ledger.deposit(poolId, amount);
        vm.stopPrank();
    }

    /// The king debits the pool and says that alice and bob have earned this much of it.
    function settled(bytes32 poolId, uint128 debit, uint128 toAlice, uint128 toBob)
        internal
        returns (IKingLedger.Leaf[] memory four)
    {
        four = earnings(poolId, toAlice, toBob);
        uint64 number = ledger.head() + 1;
        bytes32 parent = ledger.blockAt(number - 1).hash;
        vm.prank(king);
        ledger.finalizeBlock(number, parent, Tree.root(four), bytes32(0), debits(poolId, debit), four);
    }

    function earnings(bytes32 poolId, uint128 toAlice, uint128 toBob)
        internal
        view
        returns (IKingLedger.Leaf[] memory four)
    {
        four = new IKingLedger.Leaf[](4);
        four[0] = IKingLedger.Leaf(poolId, alice, toAlice);
        four[1] = IKingLedger.Leaf(poolId, bob, toBob);
        four[2] = IKingLedger.Leaf(bytes32(uint256(1)), alice, 1);
        four[3] = IKingLedger.Leaf(bytes32(uint256(2)), bob, 2);
    }

    function debits(bytes32 poolId, uint128 cumulative) internal pure returns (IKingLedger.Debit[] memory one) {
        one = new IKingLedger.Debit[](1);
        one[0] = IKingLedger.Debit(poolId, cumulative);
    }

    function permit(uint128 amount, uint256 deadline) internal returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 content = keccak256(
            abi.encode(typeHash, owner, address(ledger), uint256(amount), token.nonces(owner), deadline)
        );
        return vm.sign(OWNER_KEY, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), content)));
    }
}
