// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Blocks} from "../src/Blocks.sol";
import {KingLedger} from "../src/KingLedger.sol";
import {Roles} from "../src/Roles.sol";
import {Setup} from "../src/Setup.sol";
import {LedgerTest} from "./LedgerTest.sol";

/// The cases of KingLedger.tree about king, guardian and the pause.
contract RolesTest is LedgerTest {
    function test_constructor_refusesOneKeyForTwoRolesOffTheLocalChain() external {
        Setup memory one = setup();
        one.guardian = king;
        vm.chainId(31337);
        new KingLedger(one);
        vm.chainId(4202);
        vm.expectRevert(Roles.OneKeyForTwoRoles.selector);
        new KingLedger(one);
        one.guardian = address(0);
        vm.expectRevert(Roles.NoAddress.selector);
        new KingLedger(one);
        one = setup();
        one.king = address(0);
        vm.expectRevert(Roles.NoAddress.selector);
        new KingLedger(one);
    }

    function test_pause_endsByTheGuardianOrWithoutAKingByAnyone() external {
        vm.startPrank(guardian);
        vm.expectEmit(true, true, true, true);
        emit Roles.Paused();
        ledger.pause();
        vm.expectRevert(Roles.IsPaused.selector);
        ledger.pause();
        vm.expectEmit(true, true, true, true);
        emit Roles.Unpaused(guardian);
        ledger.unpause();
        ledger.pause();
        vm.stopPrank();
        pass(TIMEOUT - 1);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(Roles.NotGuardian.selector, stranger));
        ledger.unpause();
        pass(1);
        vm.prank(stranger);
        ledger.unpause();
        vm.expectRevert(Roles.NotPaused.selector);
        ledger.unpause();
    }

    function test_pause_isNotForAGuardianWithoutAKing() external {
        pass(TIMEOUT);
        vm.prank(guardian);
        vm.expectRevert(Roles.KingVanished.selector);
        ledger.pause();
        finalize(SALT, new Blocks.Debit[](0));
        vm.prank(king);
        vm.expectRevert(abi.encodeWithSelector(Roles.NotGuardian.selector, king));
        ledger.pause();
        vm.prank(guardian);
        ledger.pause();
        truth(ledger.paused(), "a king's block gives the guardian the pause back");
    }

    function test_handover_takesTwoStepsAndADelay() external {
        vm.expectEmit(true, true, true, true);
        emit Roles.HandoverProposed(Roles.Role.King, alice, START + HANDOVER);
        vm.prank(king);
        ledger.proposeHandover(Roles.Role.King, alice);
        same(ledger.handover(Roles.Role.King).next, alice, "next");
        pass(HANDOVER - 1);
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(Roles.HandoverNotYet.selector, START + HANDOVER));
        ledger.acceptHandover(Roles.Role.King);
        pass(1);
        vm.expectRevert(abi.encodeWithSelector(Roles.NotSuccessor.selector, alice));
        ledger.acceptHandover(Roles.Role.Guardian);
        ledger.acceptHandover(Roles.Role.King);
        vm.expectRevert(abi.encodeWithSelector(Roles.NotSuccessor.selector, alice));
        ledger.acceptHandover(Roles.Role.King);
        vm.stopPrank();
        same(ledger.king(), alice, "king");
        same(ledger.kingSeenAt(), START + HANDOVER, "a new king is there");
        king = alice;
        finalize(SALT, new Blocks.Debit[](0));
    }

    function test_handover_ofTheGuardian() external {
        vm.prank(king);
        ledger.proposeHandover(Roles.Role.Guardian, bob);
        pass(HANDOVER);
        vm.expectEmit(true, true, true, true);
        emit Roles.RoleTaken(Roles.Role.Guardian, bob);
        vm.prank(bob);
        ledger.acceptHandover(Roles.Role.Guardian);
        same(ledger.guardian(), bob, "guardian");
        same(ledger.king(), king, "king");
    }

    function test_handover_canBeCancelledByTheOther() external {
        vm.prank(guardian);
        ledger.proposeHandover(Roles.Role.King, alice);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(Roles.NoRole.selector, stranger));
        ledger.cancelHandover(Roles.Role.King);
        vm.expectEmit(true, true, true, true);
        emit Roles.HandoverCancelled(Roles.Role.King, alice);
        vm.prank(king);
        ledger.cancelHandover(Roles.Role.King);
        pass(HANDOVER);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(Roles.NotSuccessor.selector, alice));
        ledger.acceptHandover(Roles.Role.King);
    }

    function test_handover_revertsWhen_proposedByAStranger() external {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(Roles.NoRole.selector, stranger));
        ledger.proposeHandover(Roles.Role.King, stranger);
    }

    function test_handover_neverMakesOneKeyOfTwo() external {
        vm.chainId(4202);
        vm.startPrank(king);
        vm.expectRevert(Roles.OneKeyForTwoRoles.selector);
        ledger.proposeHandover(Roles.Role.King, guardian);
        vm.expectRevert(Roles.OneKeyForTwoRoles.selector);
        ledger.proposeHandover(Roles.Role.Guardian, king);
        vm.expectRevert(Roles.NoAddress.selector);
        ledger.proposeHandover(Roles.Role.King, address(0));
        ledger.proposeHandover(Roles.Role.King, alice);
        ledger.proposeHandover(Roles.Role.Guardian, alice);
        vm.stopPrank();
        pass(HANDOVER);
        vm.startPrank(alice);
        ledger.acceptHandover(Roles.Role.King);
        vm.expectRevert(Roles.OneKeyForTwoRoles.selector);
        ledger.acceptHandover(Roles.Role.Guardian);
        vm.stopPrank();
    }

    function test_handover_neverMakesAGuardianKing() external {
        vm.chainId(4202);
        vm.startPrank(king);
        ledger.proposeHandover(Roles.Role.King, alice);
        ledger.proposeHandover(Roles.Role.Guardian, alice);
        vm.stopPrank();
        pass(HANDOVER);
        vm.startPrank(alice);
        ledger.acceptHandover(Roles.Role.Guardian);
        vm.expectRevert(Roles.OneKeyForTwoRoles.selector);
        ledger.acceptHandover(Roles.Role.King);
        vm.stopPrank();
    }
}
