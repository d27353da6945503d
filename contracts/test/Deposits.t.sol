// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Deposits} from "../src/Deposits.sol";
import {KingLedger} from "../src/KingLedger.sol";
import {Pools} from "../src/Pools.sol";
import {Roles} from "../src/Roles.sol";
import {Setup} from "../src/Setup.sol";
import {LedgerTest} from "./LedgerTest.sol";
import {ContractWallet} from "./Signing.sol";

/// The cases of KingLedger.tree about pools, deposits and withdrawals.
contract DepositsTest is LedgerTest {
    function test_constructor_revertsWhen_aPeriodLeavesSomebodyNoTime() external {
        Setup[5] memory wrong = [setup(), setup(), setup(), setup(), setup()];
        wrong[0].withdrawDelay = CHALLENGE + TIMEOUT;
        wrong[1].handoverDelay = DELAY;
        wrong[2].claimWindow = 2 * DELAY - 1;
        wrong[3].epochLength = 0;
        for (uint256 i = 0; i < 4; i++) {
            vm.expectRevert(Pools.DelayTooShort.selector);
            new KingLedger(wrong[i]);
        }
        wrong[4].token = address(0);
        vm.expectRevert(Roles.NoAddress.selector);
        new KingLedger(wrong[4]);
    }

    function test_open_bindsTheIdToTheOwnerAndAppoints() external {
        bytes32 expected = keccak256(abi.encode(owner, SALT));
        vm.expectEmit(true, true, true, true);
        emit Deposits.PoolOpened(expected, owner, SALT);
        vm.expectEmit(true, true, true, true);
        emit Deposits.Appointed(expected, signer, START + 365 days, 5, START);
        bytes32 poolId = opened(SALT, 0, 5);
        same(poolId, expected, "id");
        same(ledger.pool(poolId).owner, owner, "owner");
        vm.prank(stranger);
        truth(ledger.open(SALT, terms(1)) != poolId, "another owner's salt makes another pool");
    }

    function test_open_revertsWhen_openedTwice() external {
        bytes32 poolId = opened(0);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(Deposits.PoolExists.selector, poolId));
        ledger.open(SALT, terms(1));
    }

    function test_deposit_takesTheTokens() external {
        bytes32 poolId = opened(0);
        vm.expectEmit(true, true, true, true);
        emit Deposits.Deposited(poolId, owner, 10);
        vm.prank(owner);
        ledger.deposit(poolId, 10);
        same(ledger.pool(poolId).deposited, 10, "deposited");
        same(token.balanceOf(address(ledger)), 10, "balance");
    }

    function test_deposit_revertsWhen_thePoolIsUnknownOrClosedOrNothingIsPaid() external {
        bytes32 poolId = opened(0);
        vm.startPrank(owner);
        vm.expectRevert(Deposits.NoAmount.selector);
        ledger.deposit(poolId, 0);
        vm.expectRevert(abi.encodeWithSelector(Pools.NoPool.selector, SALT));
        ledger.deposit(SALT, 10);
        ledger.closePool(poolId);
        vm.expectRevert(abi.encodeWithSelector(Deposits.IsClosed.selector, poolId));
        ledger.deposit(poolId, 10);
        vm.stopPrank();
    }

    function test_deposit_revertsWhen_paused() external {
        bytes32 poolId = opened(0);
        vm.prank(guardian);
        ledger.pause();
        vm.prank(owner);
        vm.expectRevert(Roles.IsPaused.selector);
        ledger.deposit(poolId, 10);
    }

    function test_permit_opensAppointsAndPaysInOneTransaction() external {
        vm.prank(owner);
        token.approve(address(ledger), 0);
        Deposits.Permit memory given = permit(50);
        vm.prank(owner);
        bytes32 poolId = ledger.openWithPermit(SALT, terms(20), given);
        same(ledger.pool(poolId).deposited, 50, "deposited");
        same(ledger.pool(poolId).terms.epochCap, 20, "cap");
        given = permit(5);
        vm.prank(owner);
        ledger.fundWithPermit(poolId, terms(25), given);
        same(ledger.pool(poolId).deposited, 55, "deposited");
        same(ledger.pool(poolId).terms.epochCap, 25, "cap");
    }

    function test_permit_worksWhen_somebodySentItBefore() external {
        bytes32 poolId = opened(0);
        vm.prank(owner);
        token.approve(address(ledger), 0);
        Deposits.Permit memory given = permit(50);
        vm.prank(stranger);
        token.permit(owner, address(ledger), 50, block.timestamp, given.v, given.r, given.s);
        vm.prank(owner);
        ledger.depositWithPermit(poolId, given);
        same(ledger.pool(poolId).deposited, 50, "deposited");
    }

    function test_permit_paysFromTheSenderOnly() external {
        bytes32 poolId = opened(0);
        vm.prank(owner);
        token.approve(address(ledger), 0);
        Deposits.Permit memory given = permit(50);
        vm.prank(stranger);
        (bool paid,) = address(ledger).call(abi.encodeCall(ledger.depositWithPermit, (poolId, given)));
        truth(!paid, "a stranger spends the owner's permit");
        same(token.balanceOf(owner), RICH, "balance");
    }

    function test_withdraw_givesBackAfterTheDelayWhatIsNotOwed() external {
        bytes32 poolId = opened(100);
        vm.prank(owner);
        ledger.requestWithdraw(poolId, 90);
        settled(poolId, 40, 40, 0);
        ledger.redeem(poolId, bob, 10, voucher(poolId, bob, 10));
        vm.prank(guardian);
        ledger.pause();
        pass(DELAY);
        vm.expectEmit(true, true, true, true);
        emit Deposits.Withdrawn(poolId, owner, 50);
        vm.prank(owner);
        ledger.withdraw(poolId);
        same(token.balanceOf(owner), RICH - 50, "owner, although all is paused");
        same(ledger.pool(poolId).withdrawAt, 0, "the request is used up");
    }

    function test_withdraw_givesBackNoMoreThanAsked() external {
        bytes32 poolId = opened(100);
        vm.startPrank(owner);
        ledger.requestWithdraw(poolId, 30);
        pass(DELAY);
        ledger.withdraw(poolId);
        vm.stopPrank();
        same(token.balanceOf(owner), RICH - 70, "owner");
        same(ledger.pool(poolId).withdrawn, 30, "withdrawn");
    }

    function test_withdraw_revertsWhen_earlyOrUnasked() external {
        bytes32 poolId = opened(100);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(Deposits.NotYet.selector, 0));
        ledger.withdraw(poolId);
        ledger.requestWithdraw(poolId, 1);
        pass(DELAY - 1);
        vm.expectRevert(abi.encodeWithSelector(Deposits.NotYet.selector, block.timestamp + 1));
        ledger.withdraw(poolId);
        vm.expectRevert(Deposits.NoAmount.selector);
        ledger.requestWithdraw(poolId, 0);
        vm.stopPrank();
    }

    function test_withdraw_paysTheOwnerWhoeverSends() external {
        bytes32 poolId = opened(100);
        vm.prank(king);
        ledger.requestWithdraw(poolId, 100);
        pass(DELAY);
        vm.prank(stranger);
        ledger.withdraw(poolId);
        same(token.balanceOf(owner), RICH, "owner");
        same(token.balanceOf(stranger), 0, "stranger");
        vm.expectRevert(abi.encodeWithSelector(Pools.NoPool.selector, SALT));
        ledger.withdraw(SALT);
    }

    function test_requestWithdraw_revertsWhen_aForwarderSpeaksForTheKing() external {
        bytes32 poolId = opened(100);
        vm.prank(address(forwarder));
        (bool asked,) =
            address(ledger).call(abi.encodePacked(abi.encodeCall(ledger.requestWithdraw, (poolId, 1)), king));
        truth(!asked, "a forwarder asked in the king's name");
        vm.prank(king);
        vm.expectRevert(abi.encodeWithSelector(Pools.NoPool.selector, SALT));
        ledger.requestWithdraw(SALT, 1);
    }

    function test_requestWithdraw_revertsWhen_theKingWouldHoldUpTheOwner() external {
        bytes32 poolId = opened(100);
        vm.prank(owner);
        ledger.requestWithdraw(poolId, 90);
        vm.prank(king);
        vm.expectRevert(abi.encodeWithSelector(Pools.NotOwner.selector, poolId));
        ledger.requestWithdraw(poolId, 1);
        same(ledger.pool(poolId).withdrawAmount, 90, "the owner's request stands");
        vm.prank(owner);
        ledger.requestWithdraw(poolId, 80);
        same(ledger.pool(poolId).withdrawAmount, 80, "the owner may ask anew");
    }

    function test_ownersFunctions_revertWhen_senderIsNotTheOwner() external {
        bytes32 poolId = opened(100);
        bytes[4] memory calls = [
            abi.encodeCall(ledger.requestWithdraw, (poolId, 1)),
            abi.encodeCall(ledger.closePool, (poolId)),
            abi.encodeCall(ledger.reclaim, (poolId)),
            abi.encodeCall(ledger.appoint, (poolId, terms(1)))
        ];
        for (uint256 i = 0; i < calls.length; i++) {
            vm.prank(stranger);
            (bool done, bytes memory reason) = address(ledger).call(calls[i]);
            truth(!done, "a stranger acts as owner");
            same(
                keccak256(reason), keccak256(abi.encodeWithSelector(Pools.NotOwner.selector, poolId)), "reason"
            );
        }
    }

    function test_closePool_givesTimeToSettleAndToClaimAndThenEverything() external {
        bytes32 poolId = opened(100);
        vm.expectEmit(true, true, true, true);
        emit Deposits.PoolClosed(poolId, START + DELAY, START + WINDOW);
        vm.prank(owner);
        ledger.closePool(poolId);
        pass(DELAY - 1);
        settled(poolId, 60, 60, 0);
        pass(1);
        vm.prank(owner);
        ledger.withdraw(poolId);
        same(token.balanceOf(owner), RICH - 60, "what is not owed");
        finalize(SALT, debits(poolId, 60, 61));
        same(debited(poolId), 60, "nothing is taken any more");
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(Deposits.NotYet.selector, START + WINDOW));
        ledger.reclaim(poolId);
        vm.warp(START + WINDOW);
        ledger.reclaim(poolId);
        same(token.balanceOf(owner), RICH, "all that nobody claimed");
        vm.expectRevert(Deposits.NoAmount.selector);
        ledger.reclaim(poolId);
        vm.expectRevert(abi.encodeWithSelector(Deposits.IsClosed.selector, poolId));
        ledger.closePool(poolId);
        vm.stopPrank();
    }

    function test_closePool_leavesProvidersWhatTheyClaimed() external {
        bytes32 poolId = opened(100);
        ledger.redeem(poolId, bob, 10, voucher(poolId, bob, 10));
        vm.prank(owner);
        ledger.closePool(poolId);
        vm.warp(START + WINDOW);
        vm.prank(owner);
        ledger.reclaim(poolId);
        same(token.balanceOf(owner), RICH - 10, "owner");
        same(token.balanceOf(address(ledger)), 0, "ledger");
    }

    function test_closePool_takesARestOfTheDepositAfterTheSettling() external {
        bytes32 poolId = opened(100);
        vm.prank(owner);
        ledger.closePool(poolId);
        pass(DELAY);
        finalize(SALT, debits(poolId, 0, 1));
        same(debited(poolId), 0, "a debit after the time to settle");
    }

    function test_reclaim_revertsWhen_notClosed() external {
        bytes32 poolId = opened(100);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(Deposits.NotYet.selector, 0));
        ledger.reclaim(poolId);
    }

    function test_appoint_raisesAtOnceAndLowersAfterTheDelay() external {
        bytes32 poolId = opened(SALT, 100, 10);
        appointed(poolId, Pools.Terms(signer, START + 366 days, 11));
        same(ledger.pool(poolId).terms.epochCap, 11, "a higher cap comes at once");
        appointed(poolId, Pools.Terms(signer, START + 366 days, 5));
        same(room(poolId), 11, "a lower cap takes its time");
        pass(DELAY);
        same(room(poolId), 5, "and then it comes");
        appointed(poolId, Pools.Terms(signer, START + 366 days, 6));
        same(room(poolId), 6, "raised again, from the lower one");
        appointed(poolId, Pools.Terms(signer, START + 1 days, 100));
        same(room(poolId), 6, "a shorter time takes its time too");
        appointed(poolId, Pools.Terms(signer, START + 366 days, 7));
        pass(DELAY);
        same(room(poolId), 7, "the last word counts");
    }

    function test_appoint_letsAnOldSignerPayDuringTheDelay() external {
        bytes32 poolId = opened(100);
        bytes memory old = voucher(poolId, alice, 3);
        appointed(poolId, Pools.Terms(stranger, START + 400 days, RICH));
        ledger.redeem(poolId, alice, 3, old);
        old = voucher(poolId, alice, 4);
        pass(DELAY);
        vm.expectRevert();
        ledger.redeem(poolId, alice, 4, old);
        vm.warp(START + 400 days);
        appointed(poolId, Pools.Terms(signer, START + 500 days, RICH));
        ledger.redeem(poolId, alice, 4, old);
    }

    function test_appointFor_takesTheOwnersSignatureOnce() external {
        bytes32 poolId = opened(SALT, 100, 10);
        Pools.Terms memory more = terms(20);
        bytes memory signature = signed(OWNER_KEY, appointment(address(ledger), poolId, more, 1, START));
        vm.expectRevert(abi.encodeWithSelector(Deposits.NotSignedByOwner.selector, poolId));
        ledger.appointFor(poolId, terms(21), START, signature);
        ledger.appointFor(poolId, more, START, signature);
        same(ledger.pool(poolId).terms.epochCap, 20, "cap");
        vm.expectRevert(abi.encodeWithSelector(Deposits.NotSignedByOwner.selector, poolId));
        ledger.appointFor(poolId, more, START, signature);
        pass(1);
        vm.expectRevert(abi.encodeWithSelector(Deposits.AppointmentExpired.selector, START));
        ledger.appointFor(poolId, more, START, signature);
        vm.expectRevert(abi.encodeWithSelector(Pools.NoPool.selector, SALT));
        ledger.appointFor(SALT, more, START, signature);
    }

    function test_appointFor_takesAContractsSignature() external {
        ContractWallet wallet = new ContractWallet(vm.addr(OWNER_KEY));
        vm.prank(address(wallet));
        bytes32 poolId = ledger.open(SALT, terms(10));
        bytes32 hash = appointment(address(ledger), poolId, terms(20), 1, START);
        bytes memory forged = signed(SIGNER_KEY, hash);
        vm.expectRevert(abi.encodeWithSelector(Deposits.NotSignedByOwner.selector, poolId));
        ledger.appointFor(poolId, terms(20), START, forged);
        ledger.appointFor(poolId, terms(20), START, signed(OWNER_KEY, hash));
        same(ledger.pool(poolId).terms.epochCap, 20, "cap");
    }

    function appointed(bytes32 poolId, Pools.Terms memory given) private {
        vm.prank(owner);
        ledger.appoint(poolId, given);
    }

    function room(bytes32 poolId) private view returns (uint128) {
        bytes32[] memory one = new bytes32[](1);
        one[0] = poolId;
        return ledger.roomsOf(one)[0].room;
    }
}
