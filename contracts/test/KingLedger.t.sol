// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IKingLedger} from "../src/IKingLedger.sol";
import {KingLedger} from "../src/KingLedger.sol";
import {LedgerTest} from "./LedgerTest.sol";
import {Tree} from "./Tree.sol";

/// The cases of KingLedger.tree.
contract KingLedgerTest is LedgerTest {
    bytes32 private constant SALT = bytes32(uint256(7));

    function test_constructor_revertsWhen_ownersCouldLeaveBeforeTheClaims() external {
        vm.expectRevert(IKingLedger.DelayTooShort.selector);
        new KingLedger(address(token), address(forwarder), king, CHALLENGE, CHALLENGE);
    }

    function test_open_bindsTheIdToTheOwner() external {
        bytes32 expected = keccak256(abi.encode(owner, SALT));
        vm.expectEmit(true, true, true, true);
        emit IKingLedger.PoolOpened(expected, owner, SALT);
        bytes32 poolId = opened(SALT, 0);
        same(poolId, expected, "id");
        same(ledger.pool(poolId).owner, owner, "owner");
        vm.prank(stranger);
        truth(ledger.open(SALT) != poolId, "another owner's salt makes another pool");
    }

    function test_open_revertsWhen_openedTwice() external {
        bytes32 poolId = opened(SALT, 0);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.PoolExists.selector, poolId));
        ledger.open(SALT);
    }

    function test_deposit_takesTheTokens() external {
        bytes32 poolId = opened(SALT, 0);
        vm.expectEmit(true, true, true, true);
        emit IKingLedger.Deposited(poolId, owner, 10);
        vm.prank(owner);
        ledger.deposit(poolId, 10);
        same(ledger.pool(poolId).deposited, 10, "deposited");
        same(token.balanceOf(address(ledger)), 10, "balance");
    }

    function test_deposit_revertsWhen_thePoolIsUnknownOrNothingIsPaid() external {
        bytes32 poolId = opened(SALT, 0);
        vm.startPrank(owner);
        vm.expectRevert(IKingLedger.NoAmount.selector);
        ledger.deposit(poolId, 0);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NoPool.selector, SALT));
        ledger.deposit(SALT, 10);
        vm.stopPrank();
    }

    function test_permit_opensAndPaysInOneTransaction() external {
        vm.prank(owner);
        token.approve(address(ledger), 0);
        (uint8 v, bytes32 r, bytes32 s) = permit(50, block.timestamp);
        vm.prank(owner);
        bytes32 poolId = ledger.openAndDepositWithPermit(SALT, 50, block.timestamp, v, r, s);
        same(ledger.pool(poolId).deposited, 50, "deposited");
    }

    function test_permit_worksWhen_somebodySentItBefore() external {
        vm.prank(owner);
        token.approve(address(ledger), 0);
        (uint8 v, bytes32 r, bytes32 s) = permit(50, block.timestamp);
        vm.prank(stranger);
        token.permit(owner, address(ledger), 50, block.timestamp, v, r, s);
        vm.prank(owner);
        bytes32 poolId = ledger.openAndDepositWithPermit(SALT, 50, block.timestamp, v, r, s);
        same(ledger.pool(poolId).deposited, 50, "deposited");
    }

    function test_permit_paysFromTheSenderOnly() external {
        bytes32 poolId = opened(SALT, 0);
        vm.prank(owner);
        token.approve(address(ledger), 0);
        (uint8 v, bytes32 r, bytes32 s) = permit(50, block.timestamp);
        vm.prank(stranger);
        (bool paid,) = address(ledger)
            .call(abi.encodeCall(ledger.depositWithPermit, (poolId, 50, block.timestamp, v, r, s)));
        truth(!paid, "a stranger spends the owner's permit");
        same(token.balanceOf(owner), RICH, "balance");
    }

    function test_withdraw_givesBackAfterTheDelayWhatIsNotOwed() external {
        bytes32 poolId = opened(SALT, 100);
        vm.prank(owner);
        ledger.requestWithdraw(poolId, 90);
        settled(poolId, 40, 40, 0);
        vm.warp(block.timestamp + DELAY);
        vm.expectEmit(true, true, true, true);
        emit IKingLedger.Withdrawn(poolId, owner, 60);
        vm.prank(owner);
        ledger.withdraw(poolId);
        same(token.balanceOf(owner), RICH - 40, "owner");
        same(ledger.pool(poolId).withdrawAt, 0, "the request is used up");
    }

    function test_withdraw_revertsWhen_earlyOrUnasked() external {
        bytes32 poolId = opened(SALT, 100);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NotYet.selector, 0));
        ledger.withdraw(poolId);
        ledger.requestWithdraw(poolId, 1);
        vm.warp(block.timestamp + DELAY - 1);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NotYet.selector, block.timestamp + 1));
        ledger.withdraw(poolId);
        vm.stopPrank();
    }

    function test_withdraw_paysTheOwnerWhoeverSends() external {
        bytes32 poolId = opened(SALT, 100);
        vm.prank(king);
        ledger.requestWithdraw(poolId, 100);
        vm.warp(block.timestamp + DELAY);
        vm.prank(stranger);
        ledger.withdraw(poolId);
        same(token.balanceOf(owner), RICH, "owner");
        same(token.balanceOf(stranger), 0, "stranger");
    }

    function test_requestWithdraw_revertsWhen_senderIsNeitherOwnerNorKing() external {
        bytes32 poolId = opened(SALT, 100);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NotOwner.selector, poolId));
        ledger.requestWithdraw(poolId, 1);
        // A forwarder that says it speaks for the king.
        vm.prank(address(forwarder));
        (bool asked,) = address(ledger).call(
            abi.encodePacked(abi.encodeCall(ledger.requestWithdraw, (poolId, 1)), king)
        );
        truth(!asked, "a forwarder asked in the king's name");
        vm.prank(king);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NoPool.selector, bytes32(0)));
        ledger.requestWithdraw(bytes32(0), 1);
    }

    function test_requestWithdraw_revertsWhen_theKingWouldHoldUpTheOwner() external {
        bytes32 poolId = opened(SALT, 100);
        vm.prank(owner);
        ledger.requestWithdraw(poolId, 90);
        vm.prank(king);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NotOwner.selector, poolId));
        ledger.requestWithdraw(poolId, 1);
        same(ledger.pool(poolId).withdrawAmount, 90, "the owner's request stands");
        vm.prank(owner);
        ledger.requestWithdraw(poolId, 80);
        same(ledger.pool(poolId).withdrawAmount, 80, "the owner may ask anew");
    }

    function test_requestWithdraw_revertsWhen_nothingIsAsked() external {
        bytes32 poolId = opened(SALT, 100);
        vm.prank(owner);
        vm.expectRevert(IKingLedger.NoAmount.selector);
        ledger.requestWithdraw(poolId, 0);
    }

    function test_finalizeBlock_chainsHashesThatBindEverything() external {
        bytes32 poolId = opened(SALT, 100);
        IKingLedger.Leaf[] memory four = earnings(poolId, 40, 0);
        IKingLedger.Debit[] memory debit = debits(poolId, 40);
        bytes32 root = Tree.root(four);
        bytes32 expected = keccak256(
            abi.encode(
                block.chainid,
                address(ledger),
                uint64(1),
                bytes32(0),
                root,
                SALT,
                keccak256(abi.encode(four)),
                keccak256(abi.encode(debit))
            )
        );
        vm.expectEmit(true, true, true, true);
        emit IKingLedger.BlockFinalized(1, expected, bytes32(0), root, SALT);
        vm.prank(king);
        ledger.finalizeBlock(1, bytes32(0), root, SALT, debit, four);
        same(ledger.blockAt(1).hash, expected, "hash");
        same(ledger.blockAt(1).activeAt, block.timestamp + CHALLENGE, "activeAt");
        same(ledger.pool(poolId).reserved, 40, "reserved");
        settled(poolId, 41, 41, 0);
        same(ledger.head(), 2, "head");
    }

    function test_finalizeBlock_revertsWhen_senderIsNotTheKing() external {
        bytes32 poolId = opened(SALT, 100);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NotKing.selector, stranger));
        ledger.finalizeBlock(1, bytes32(0), SALT, SALT, debits(poolId, 1), earnings(poolId, 1, 0));
    }

    function test_finalizeBlock_revertsWhen_replayedOrForked() external {
        bytes32 poolId = opened(SALT, 100);
        IKingLedger.Leaf[] memory four = settled(poolId, 40, 40, 0);
        vm.startPrank(king);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.WrongNumber.selector, 2));
        ledger.finalizeBlock(1, bytes32(0), SALT, SALT, debits(poolId, 40), four);
        bytes32 parent = ledger.blockAt(1).hash;
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.WrongParent.selector, parent));
        ledger.finalizeBlock(2, SALT, SALT, SALT, debits(poolId, 40), four);
        vm.stopPrank();
    }

    function test_finalizeBlock_revertsWhen_aDebitShrinksOrOverdraws() external {
        bytes32 poolId = opened(SALT, 100);
        IKingLedger.Leaf[] memory four = settled(poolId, 40, 40, 0);
        bytes32 parent = ledger.blockAt(1).hash;
        vm.startPrank(king);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.Shrinks.selector, poolId));
        ledger.finalizeBlock(2, parent, SALT, SALT, debits(poolId, 39), four);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.Overdraw.selector, poolId));
        ledger.finalizeBlock(2, parent, SALT, SALT, debits(poolId, 101), four);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NoPool.selector, SALT));
        ledger.finalizeBlock(2, parent, SALT, SALT, debits(SALT, 1), four);
        vm.stopPrank();
    }

    function test_claim_paysTheDifferenceOnce() external {
        bytes32 poolId = opened(SALT, 100);
        IKingLedger.Leaf[] memory first = settled(poolId, 40, 40, 0);
        vm.warp(block.timestamp + CHALLENGE);
        vm.prank(alice);
        ledger.claim(1, poolId, 40, Tree.proof(first, 0));
        IKingLedger.Leaf[] memory second = settled(poolId, 70, 60, 10);
        vm.warp(block.timestamp + CHALLENGE);
        vm.expectEmit(true, true, true, true);
        emit IKingLedger.Claimed(poolId, alice, 20, 60);
        vm.prank(alice);
        ledger.claim(2, poolId, 60, Tree.proof(second, 0));
        same(token.balanceOf(alice), 60, "alice");
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NothingToClaim.selector, 60));
        ledger.claim(1, poolId, 40, Tree.proof(first, 0));
    }

    function test_claimFor_paysTheProviderWhoeverSends() external {
        bytes32 poolId = opened(SALT, 100);
        IKingLedger.Leaf[] memory four = settled(poolId, 40, 30, 10);
        vm.warp(block.timestamp + CHALLENGE);
        vm.prank(stranger);
        ledger.claimFor(1, poolId, bob, 10, Tree.proof(four, 1));
        same(token.balanceOf(bob), 10, "bob");
        same(token.balanceOf(stranger), 0, "stranger");
        same(ledger.claimedOf(poolId, bob), 10, "claimedOf");
    }

    function test_claim_revertsWhen_theChallengePeriodIsNotOver() external {
        bytes32 poolId = opened(SALT, 100);
        IKingLedger.Leaf[] memory four = settled(poolId, 40, 40, 0);
        uint64 activeAt = uint64(block.timestamp) + CHALLENGE;
        vm.warp(activeAt - 1);
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NotYet.selector, activeAt));
        ledger.claim(1, poolId, 40, Tree.proof(four, 0));
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.NotYet.selector, 0));
        ledger.claim(2, poolId, 40, Tree.proof(four, 0));
        vm.stopPrank();
    }

    function test_claim_revertsWhen_theProofIsNotTheSenders() external {
        bytes32 poolId = opened(SALT, 100);
        IKingLedger.Leaf[] memory four = settled(poolId, 40, 40, 0);
        vm.warp(block.timestamp + CHALLENGE);
        bytes32[] memory proof = Tree.proof(four, 0);
        vm.prank(stranger);
        vm.expectRevert(IKingLedger.WrongProof.selector);
        ledger.claim(1, poolId, 40, proof);
        vm.prank(alice);
        vm.expectRevert(IKingLedger.WrongProof.selector);
        ledger.claim(1, poolId, 41, proof);
    }

    function test_claim_revertsWhen_theKingPromisedMoreThanItDebited() external {
        bytes32 poolId = opened(SALT, 100);
        IKingLedger.Leaf[] memory four = settled(poolId, 40, 41, 0);
        vm.warp(block.timestamp + CHALLENGE);
        bytes32[] memory proof = Tree.proof(four, 0);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IKingLedger.Overclaim.selector, poolId));
        ledger.claim(1, poolId, 41, proof);
    }

    function testFuzz_claim_paysExactlyWhatIsEarned(uint128 deposited, uint128 toAlice, uint128 toBob) external {
        deposited = uint128(bound(deposited, 2, RICH));
        toAlice = uint128(bound(toAlice, 1, deposited - 1));
        toBob = uint128(bound(toBob, 1, deposited - toAlice));
        bytes32 poolId = opened(SALT, deposited);
        IKingLedger.Leaf[] memory four = settled(poolId, toAlice + toBob, toAlice, toBob);
        vm.warp(block.timestamp + CHALLENGE);
        ledger.claimFor(1, poolId, alice, toAlice, Tree.proof(four, 0));
        ledger.claimFor(1, poolId, bob, toBob, Tree.proof(four, 1));
        same(token.balanceOf(alice), toAlice, "alice");
        same(token.balanceOf(bob), toBob, "bob");
        same(token.balanceOf(address(ledger)), deposited - toAlice - toBob, "rest");
    }

    function testFuzz_finalizeBlock_neverDebitsMoreThanTheDeposit(uint128 deposited, uint128 back, uint128 debit)
        external
    {
        deposited = uint128(bound(deposited, 1, RICH));
        back = uint128(bound(back, 1, deposited));
        bytes32 poolId = opened(SALT, deposited);
        vm.prank(owner);
        ledger.requestWithdraw(poolId, back);
        vm.warp(block.timestamp + DELAY);
        vm.prank(owner);
        ledger.withdraw(poolId);
        IKingLedger.Debit[] memory one = debits(poolId, debit);
        IKingLedger.Leaf[] memory four = earnings(poolId, debit, 0);
        vm.prank(king);
        (bool done,) = address(ledger)
            .call(abi.encodeCall(ledger.finalizeBlock, (1, bytes32(0), SALT, SALT, one, four)));
        truth(done == (debit <= deposited - back), "a debit within the deposit, and only that");
    }
}
