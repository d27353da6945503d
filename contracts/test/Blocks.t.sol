// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Blocks} from "../src/Blocks.sol";
import {Claims} from "../src/Claims.sol";
import {Pools} from "../src/Pools.sol";
import {Roles} from "../src/Roles.sol";
import {LedgerTest} from "./LedgerTest.sol";
import {Earning, Tree} from "./Tree.sol";

/// The cases of KingLedger.tree about blocks and their veto.
contract BlocksTest is LedgerTest {
    function test_finalizeBlock_chainsWhatItIsMadeOf() external {
        bytes32 poolId = opened(100);
        Blocks.Leaf[] memory leaves = new Blocks.Leaf[](1);
        leaves[0] = Blocks.Leaf(0, alice, 40);
        Blocks.Debit[] memory table = debits(poolId, 0, 40);
        bytes32 content = keccak256(abi.encode(leaves));
        bytes32 sums = keccak256(abi.encode(table));
        bytes32 hash = keccak256(
            abi.encode(block.chainid, address(ledger), 1, bytes32(0), SALT, bytes32(uint256(9)), content, sums)
        );
        vm.expectEmit(true, true, true, true);
        emit Blocks.BlockFinalized(1, hash, bytes32(0), SALT, bytes32(uint256(9)));
        vm.prank(king);
        ledger.finalizeBlock(1, bytes32(0), SALT, bytes32(uint256(9)), table, leaves);
        same(ledger.blockAt(1).hash, hash, "hash");
        same(ledger.blockAt(1).activeAt, START + CHALLENGE, "activeAt");
        same(debited(poolId), 40, "debited");
        same(ledger.blockAt(2).activeAt, 0, "no block");
    }

    function test_finalizeBlock_revertsWhen_senderIsNotTheKingOrAllIsPaused() external {
        Blocks.Debit[] memory none = new Blocks.Debit[](0);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(Roles.NotKing.selector, owner));
        ledger.finalizeBlock(1, bytes32(0), SALT, SALT, none, noLeaves());
        vm.prank(guardian);
        ledger.pause();
        vm.prank(king);
        vm.expectRevert(Roles.IsPaused.selector);
        ledger.finalizeBlock(1, bytes32(0), SALT, SALT, none, noLeaves());
    }

    function test_finalizeBlock_revertsWhen_replayedOrForked() external {
        finalize(SALT, new Blocks.Debit[](0));
        bytes32 parent = ledger.blockAt(1).hash;
        Blocks.Debit[] memory none = new Blocks.Debit[](0);
        vm.startPrank(king);
        vm.expectRevert(abi.encodeWithSelector(Blocks.WrongNumber.selector, 2));
        ledger.finalizeBlock(1, bytes32(0), SALT, bytes32(0), none, noLeaves());
        vm.expectRevert(abi.encodeWithSelector(Blocks.WrongParent.selector, parent));
        ledger.finalizeBlock(2, SALT, SALT, bytes32(0), none, noLeaves());
        vm.stopPrank();
    }

    function test_finalizeBlock_revertsWhen_aDebitIsNotOne() external {
        bytes32 poolId = opened(100);
        settled(poolId, 40, 40, 0);
        bytes32 parent = ledger.blockAt(1).hash;
        vm.startPrank(king);
        vm.expectRevert(abi.encodeWithSelector(Blocks.Shrinks.selector, poolId));
        ledger.finalizeBlock(2, parent, SALT, SALT, debits(poolId, 40, 39), noLeaves());
        vm.expectRevert(abi.encodeWithSelector(Blocks.WrongFrom.selector, poolId, 40));
        ledger.finalizeBlock(2, parent, SALT, SALT, debits(poolId, 39, 50), noLeaves());
        vm.expectRevert(abi.encodeWithSelector(Pools.NoPool.selector, SALT));
        ledger.finalizeBlock(2, parent, SALT, SALT, debits(SALT, 0, 1), noLeaves());
        vm.stopPrank();
    }

    function test_finalizeBlock_takesWhatThereIsAndSaysWhatIsShort() external {
        bytes32 poolId = opened(100);
        vm.expectEmit(true, true, true, true);
        emit Blocks.DebitShort(poolId, 101, 100);
        finalize(SALT, debits(poolId, 0, 101));
        same(debited(poolId), 100, "debited");
        vm.prank(owner);
        ledger.deposit(poolId, 10);
        finalize(SALT, debits(poolId, 100, 101));
        same(debited(poolId), 101, "the rest, once there is money");
    }

    function test_finalizeBlock_takesNoMoreThanTheCapInAnEpoch() external {
        bytes32 poolId = opened(SALT, 100, 30);
        finalize(SALT, debits(poolId, 0, 20));
        ledger.redeem(poolId, alice, 5, voucher(poolId, alice, 5));
        finalize(SALT, debits(poolId, 20, 90));
        same(debited(poolId), 25, "blocks and vouchers count together");
        vm.warp((START / EPOCH + 1) * EPOCH - 1);
        finalize(SALT, debits(poolId, 25, 90));
        same(debited(poolId), 25, "until the epoch is over");
        pass(1);
        finalize(SALT, debits(poolId, 25, 90));
        same(debited(poolId), 55, "another epoch, another cap");
    }

    function testFuzz_finalizeBlock_neverDebitsMoreThanThereIs(
        uint128 deposited,
        uint128 back,
        uint128 cap,
        uint128 debit
    ) external {
        deposited = uint128(bound(deposited, 1, RICH));
        back = uint128(bound(back, 1, deposited));
        bytes32 poolId = opened(SALT, deposited, cap);
        vm.startPrank(owner);
        ledger.requestWithdraw(poolId, back);
        pass(DELAY);
        ledger.withdraw(poolId);
        vm.stopPrank();
        finalize(SALT, debits(poolId, 0, debit));
        uint128 most = cap < deposited - back ? cap : deposited - back;
        same(debited(poolId), debit < most ? debit : most, "as far as deposit and cap go");
    }

    function test_veto_throwsOutTheBlockAndAllLaterOnes() external {
        bytes32 poolId = opened(100);
        Earning[] memory good = settled(poolId, 10, 10, 0);
        pass(CHALLENGE);
        settled(poolId, 20, 10, 10);
        pass(CHALLENGE - 1);
        Earning[] memory bad = settled(poolId, 90, 10, 80);
        settled(poolId, 100, 20, 80);
        vm.expectEmit(true, true, true, true);
        emit Blocks.BlocksVetoed(3, 4);
        vm.prank(guardian);
        ledger.veto(3);
        same(ledger.head(), 2, "head");
        pass(CHALLENGE);
        vm.expectRevert(abi.encodeWithSelector(Claims.NotActive.selector, 0));
        ledger.claimFor(3, poolId, bob, 80, Tree.proof(bad, 1));
        ledger.claimFor(1, poolId, alice, 10, Tree.proof(good, 0));
        undone();
        undone();
        same(debited(poolId), 20, "what block 2 debited");
        same(ledger.blockAt(3).activeAt, 0, "gone");
        Earning[] memory again = settled(poolId, 30, 10, 20);
        same(ledger.head(), 3, "the chain goes on");
        pass(CHALLENGE);
        ledger.claimFor(3, poolId, bob, 20, Tree.proof(again, 1));
        same(token.balanceOf(bob), 20, "bob");
    }

    function test_veto_goesFurtherDownWhileSomeAreNotUndone() external {
        bytes32 poolId = opened(100);
        settled(poolId, 10, 10, 0);
        settled(poolId, 20, 20, 0);
        settled(poolId, 30, 30, 0);
        vm.startPrank(guardian);
        ledger.veto(3);
        ledger.veto(1);
        vm.stopPrank();
        undone();
        undone();
        undone();
        same(debited(poolId), 0, "debited");
        same(ledger.tip(), 0, "tip");
    }

    function test_veto_givesTheCapOfItsOwnEpochBack() external {
        bytes32 poolId = opened(SALT, 100, 30);
        vm.warp((START / EPOCH + 1) * EPOCH - 1);
        finalize(SALT, debits(poolId, 0, 30));
        pass(1);
        finalize(SALT, debits(poolId, 30, 50));
        vm.prank(guardian);
        ledger.veto(1);
        undone();
        undone();
        same(ledger.pool(poolId).spent, 0, "the new epoch's");
        finalize(SALT, debits(poolId, 0, 40));
        same(debited(poolId), 30, "a whole cap, and no more");
    }

    function test_veto_leavesWhatVouchersSpent() external {
        bytes32 poolId = opened(SALT, 100, 30);
        finalize(SALT, debits(poolId, 0, 20));
        ledger.redeem(poolId, alice, 6, voucher(poolId, alice, 6));
        vm.prank(guardian);
        ledger.veto(1);
        undone();
        same(ledger.pool(poolId).spent, 6, "spent");
        same(ledger.pool(poolId).redeemed, 6, "redeemed");
    }

    function test_veto_neverGoesBelowWhatWasPaid() external {
        // The older root promised more than its block debited, and was paid from the vetoed one's debit.
        bytes32 poolId = opened(100);
        Earning[] memory four = settled(poolId, 10, 25, 0);
        pass(CHALLENGE);
        settled(poolId, 40, 25, 15);
        ledger.claimFor(1, poolId, alice, 25, Tree.proof(four, 0));
        vm.prank(guardian);
        ledger.veto(2);
        undone();
        same(debited(poolId), 25, "debited");
        same(ledger.pool(poolId).claimed, 25, "claimed");
        settled(poolId, 40, 25, 15);
    }

    function test_veto_leavesAReclaimedPoolAlone() external {
        bytes32 poolId = opened(100);
        vm.prank(owner);
        ledger.closePool(poolId);
        finalize(SALT, debits(poolId, 0, 10));
        finalize(SALT, debits(poolId, 10, 40));
        vm.prank(guardian);
        ledger.veto(2);
        pass(WINDOW);
        vm.prank(owner);
        ledger.reclaim(poolId);
        undone();
        same(debited(poolId), 0, "debited");
        same(token.balanceOf(owner), RICH, "owner");
    }

    function test_veto_revertsWhen_lateUnknownOrNotTheGuardians() external {
        finalize(SALT, new Blocks.Debit[](0));
        vm.prank(king);
        vm.expectRevert(abi.encodeWithSelector(Roles.NotGuardian.selector, king));
        ledger.veto(1);
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(Blocks.NoBlock.selector, 0));
        ledger.veto(0);
        vm.expectRevert(abi.encodeWithSelector(Blocks.NoBlock.selector, 2));
        ledger.veto(2);
        pass(CHALLENGE);
        vm.expectRevert(abi.encodeWithSelector(Blocks.TooLate.selector, 1));
        ledger.veto(1);
        vm.stopPrank();
    }

    function test_undo_revertsWhen_nothingIsVetoedOrTheContentIsAnother() external {
        bytes32 poolId = opened(100);
        settled(poolId, 10, 10, 0);
        vm.expectRevert(Blocks.NothingToUndo.selector);
        ledger.undo(bytes32(0), bytes32(0), debitsOf[1]);
        vm.prank(guardian);
        ledger.veto(1);
        bytes32 content = keccak256(abi.encode(noLeaves()));
        vm.expectRevert(abi.encodeWithSelector(Blocks.WrongContent.selector, 1));
        ledger.undo(bytes32(0), content, debits(poolId, 0, 9));
        vm.prank(king);
        vm.expectRevert(abi.encodeWithSelector(Blocks.UndoFirst.selector, 1));
        ledger.finalizeBlock(1, bytes32(0), SALT, SALT, new Blocks.Debit[](0), noLeaves());
        vm.expectEmit(true, true, true, true);
        emit Blocks.BlockUndone(1);
        vm.prank(stranger);
        ledger.undo(bytes32(0), content, debitsOf[1]);
    }

    function test_roomsOf_tellsFromWhereAndHowFar() external {
        bytes32 poolId = opened(SALT, 100, 30);
        finalize(SALT, debits(poolId, 0, 20));
        bytes32[] memory ids = new bytes32[](2);
        (ids[0], ids[1]) = (poolId, SALT);
        Pools.Room[] memory rooms = ledger.roomsOf(ids);
        same(rooms[0].debited, 20, "debited");
        same(rooms[0].room, 10, "room");
        same(rooms[1].room, 0, "no pool, no room");
    }
}
