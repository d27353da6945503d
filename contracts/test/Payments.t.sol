// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Claims} from "../src/Claims.sol";
import {Pools} from "../src/Pools.sol";
import {Roles} from "../src/Roles.sol";
import {Vouchers} from "../src/Vouchers.sol";
import {LedgerTest} from "./LedgerTest.sol";
import {ContractWallet} from "./Signing.sol";
import {Earning, Tree} from "./Tree.sol";

/// The cases of KingLedger.tree about claims and vouchers.
contract PaymentsTest is LedgerTest {
    function test_claim_paysTheDifferenceOnce() external {
        bytes32 poolId = opened(100);
        Earning[] memory first = settled(poolId, 40, 40, 0);
        pass(CHALLENGE);
        vm.prank(alice);
        ledger.claim(1, poolId, 40, Tree.proof(first, 0));
        Earning[] memory second = settled(poolId, 70, 60, 10);
        pass(CHALLENGE);
        vm.expectEmit(true, true, true, true);
        emit Claims.Claimed(poolId, alice, 20, 60);
        vm.prank(alice);
        ledger.claim(2, poolId, 60, Tree.proof(second, 0));
        same(token.balanceOf(alice), 60, "alice");
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(Pools.NothingToClaim.selector, 60));
        ledger.claim(1, poolId, 40, Tree.proof(first, 0));
    }

    function test_claimFor_paysTheProviderWhoeverSends() external {
        bytes32 poolId = opened(100);
        Earning[] memory four = settled(poolId, 40, 30, 10);
        pass(CHALLENGE);
        vm.prank(stranger);
        ledger.claimFor(1, poolId, bob, 10, Tree.proof(four, 1));
        same(token.balanceOf(bob), 10, "bob");
        same(token.balanceOf(stranger), 0, "stranger");
        same(ledger.claimedOf(poolId, bob), 10, "claimedOf");
    }

    function test_claim_revertsWhen_theChallengePeriodIsNotOver() external {
        bytes32 poolId = opened(100);
        Earning[] memory four = settled(poolId, 40, 40, 0);
        pass(CHALLENGE - 1);
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(Claims.NotActive.selector, START + CHALLENGE));
        ledger.claim(1, poolId, 40, Tree.proof(four, 0));
        vm.expectRevert(abi.encodeWithSelector(Claims.NotActive.selector, 0));
        ledger.claim(2, poolId, 40, Tree.proof(four, 0));
        vm.expectRevert(abi.encodeWithSelector(Claims.NotActive.selector, 0));
        ledger.claim(0, poolId, 40, Tree.proof(four, 0));
        vm.stopPrank();
    }

    function test_claim_revertsWhen_theProofIsNotTheSenders() external {
        bytes32 poolId = opened(100);
        Earning[] memory four = settled(poolId, 40, 40, 0);
        pass(CHALLENGE);
        bytes32[] memory proof = Tree.proof(four, 0);
        vm.prank(stranger);
        vm.expectRevert(Claims.WrongProof.selector);
        ledger.claim(1, poolId, 40, proof);
        vm.prank(alice);
        vm.expectRevert(Claims.WrongProof.selector);
        ledger.claim(1, poolId, 41, proof);
    }

    function test_claim_revertsWhen_paused() external {
        bytes32 poolId = opened(100);
        Earning[] memory four = settled(poolId, 40, 40, 0);
        pass(CHALLENGE);
        bytes memory signature = voucher(poolId, alice, 5);
        vm.prank(guardian);
        ledger.pause();
        vm.expectRevert(Roles.IsPaused.selector);
        ledger.claimFor(1, poolId, alice, 40, Tree.proof(four, 0));
        vm.expectRevert(Roles.IsPaused.selector);
        ledger.redeem(poolId, alice, 5, signature);
    }

    function test_claim_paysNoMoreThanTheKingDebited() external {
        bytes32 poolId = opened(100);
        Earning[] memory four = settled(poolId, 40, 41, 5);
        pass(CHALLENGE);
        ledger.claimFor(1, poolId, alice, 41, Tree.proof(four, 0));
        same(token.balanceOf(alice), 40, "alice");
        vm.expectRevert(abi.encodeWithSelector(Claims.NothingReserved.selector, poolId));
        ledger.claimFor(1, poolId, bob, 5, Tree.proof(four, 1));
        finalize(SALT, debits(poolId, 40, 46));
        ledger.claimFor(1, poolId, alice, 41, Tree.proof(four, 0));
        ledger.claimFor(1, poolId, bob, 5, Tree.proof(four, 1));
        same(token.balanceOf(alice) + token.balanceOf(bob), 46, "the rest, once it is debited");
    }

    function test_claim_revertsWhen_theKingInventsAPool() external {
        opened(100);
        Earning[] memory four = settled(opened(bytes32(uint256(8)), 1, 1), 0, 1, 1);
        pass(CHALLENGE);
        vm.expectRevert(abi.encodeWithSelector(Pools.NoPool.selector, bytes32(uint256(1))));
        ledger.claimFor(1, bytes32(uint256(1)), alice, 1, Tree.proof(four, 2));
    }

    function testFuzz_claim_paysExactlyWhatIsEarned(uint128 deposited, uint128 toAlice, uint128 toBob) external {
        deposited = uint128(bound(deposited, 2, RICH));
        toAlice = uint128(bound(toAlice, 1, deposited - 1));
        toBob = uint128(bound(toBob, 1, deposited - toAlice));
        bytes32 poolId = opened(deposited);
        Earning[] memory four = settled(poolId, toAlice + toBob, toAlice, toBob);
        pass(CHALLENGE);
        ledger.claimFor(1, poolId, alice, toAlice, Tree.proof(four, 0));
        ledger.claimFor(1, poolId, bob, toBob, Tree.proof(four, 1));
        same(token.balanceOf(alice), toAlice, "alice");
        same(token.balanceOf(bob), toBob, "bob");
        same(token.balanceOf(address(ledger)), deposited - toAlice - toBob, "rest");
    }

    function test_redeem_paysTheDifferenceWithoutAKing() external {
        bytes32 poolId = opened(100);
        vm.expectEmit(true, true, true, true);
        emit Vouchers.Redeemed(poolId, alice, 30, 30);
        vm.prank(stranger);
        ledger.redeem(poolId, alice, 30, voucher(poolId, alice, 30));
        ledger.redeem(poolId, alice, 45, voucher(poolId, alice, 45));
        same(token.balanceOf(alice), 45, "alice");
        bytes memory again = voucher(poolId, alice, 30);
        vm.expectRevert(abi.encodeWithSelector(Pools.NothingToClaim.selector, 45));
        ledger.redeem(poolId, alice, 30, again);
    }

    function test_redeem_countsOnTheSameNumberAsRoots() external {
        bytes32 poolId = opened(100);
        Earning[] memory four = settled(poolId, 40, 40, 0);
        pass(CHALLENGE);
        ledger.redeem(poolId, alice, 30, voucher(poolId, alice, 30));
        ledger.claimFor(1, poolId, alice, 40, Tree.proof(four, 0));
        same(token.balanceOf(alice), 40, "alice, by voucher and root");
        bytes memory again = voucher(poolId, alice, 40);
        vm.expectRevert(abi.encodeWithSelector(Pools.NothingToClaim.selector, 40));
        ledger.redeem(poolId, alice, 40, again);
        same(ledger.pool(poolId).debited, 40, "a voucher takes nothing that roots are to pay");
        same(ledger.pool(poolId).redeemed, 30, "redeemed");
    }

    function test_redeem_paysWhatTheCapLeavesAndTheRestLater() external {
        bytes32 poolId = opened(SALT, 100, 30);
        bytes memory signature = voucher(poolId, alice, 70);
        ledger.redeem(poolId, alice, 70, signature);
        same(token.balanceOf(alice), 30, "this epoch");
        vm.expectRevert(abi.encodeWithSelector(Vouchers.NoRoom.selector, poolId));
        ledger.redeem(poolId, alice, 70, signature);
        pass(EPOCH);
        ledger.redeem(poolId, alice, 70, signature);
        same(token.balanceOf(alice), 60, "the next");
        pass(EPOCH);
        ledger.redeem(poolId, alice, 70, signature);
        same(token.balanceOf(alice), 70, "and the last");
    }

    function test_redeem_takesNothingThatIsDebited() external {
        bytes32 poolId = opened(100);
        settled(poolId, 80, 0, 80);
        ledger.redeem(poolId, alice, 50, voucher(poolId, alice, 50));
        same(token.balanceOf(alice), 20, "what no block has taken");
    }

    function test_redeem_revertsWhen_theSignatureIsAnothers() external {
        bytes32 poolId = opened(100);
        bytes memory signature = voucher(address(ledger), OWNER_KEY, Voucher(poolId, alice, 5));
        vm.expectRevert(Vouchers.WrongSignature.selector);
        ledger.redeem(poolId, alice, 5, signature);
        signature = voucher(poolId, alice, 5);
        vm.expectRevert(Vouchers.WrongSignature.selector);
        ledger.redeem(poolId, alice, 6, signature);
        vm.expectRevert(Vouchers.WrongSignature.selector);
        ledger.redeem(poolId, bob, 5, signature);
        vm.expectRevert(abi.encodeWithSelector(Pools.NoPool.selector, SALT));
        ledger.redeem(SALT, alice, 5, signature);
        signature = voucher(address(token), SIGNER_KEY, Voucher(poolId, alice, 5));
        vm.expectRevert(Vouchers.WrongSignature.selector);
        ledger.redeem(poolId, alice, 5, signature);
    }

    function test_redeem_revertsWhen_theSignersTimeIsOver() external {
        bytes32 poolId = opened(100);
        bytes memory signature = voucher(poolId, alice, 5);
        vm.warp(START + 365 days);
        vm.expectRevert(abi.encodeWithSelector(Vouchers.SignerExpired.selector, START + 365 days));
        ledger.redeem(poolId, alice, 5, signature);
    }

    function test_redeem_revertsWhen_nobodyIsAppointed() external {
        vm.startPrank(owner);
        bytes32 poolId = ledger.open(SALT, Pools.Terms(address(0), START + 1 days, 100));
        ledger.deposit(poolId, 100);
        vm.stopPrank();
        vm.expectRevert(Vouchers.WrongSignature.selector);
        ledger.redeem(poolId, alice, 5, new bytes(65));
    }

    function test_redeem_takesAContractsSignature() external {
        ContractWallet wallet = new ContractWallet(vm.addr(SIGNER_KEY));
        vm.startPrank(owner);
        bytes32 poolId = ledger.open(SALT, Pools.Terms(address(wallet), START + 1 days, 100));
        ledger.deposit(poolId, 100);
        vm.stopPrank();
        bytes memory forged = voucher(address(ledger), OWNER_KEY, Voucher(poolId, alice, 5));
        vm.expectRevert(Vouchers.WrongSignature.selector);
        ledger.redeem(poolId, alice, 5, forged);
        ledger.redeem(poolId, alice, 5, voucher(poolId, alice, 5));
        same(token.balanceOf(alice), 5, "alice");
    }
}
