// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Blocks} from "../src/Blocks.sol";
import {Claims} from "../src/Claims.sol";
import {LedgerTest} from "./LedgerTest.sol";
import {Earning, Tree} from "./Tree.sol";

/// What stolen and lost keys can do, and the way out: the steps of docs/escape.md.
contract EscapeTest is LedgerTest {
    function test_withoutAKing_everyoneGetsHisMoneyOut() external {
        bytes32 poolId = opened(100);
        Earning[] memory four = settled(poolId, 40, 40, 0);
        vm.prank(guardian);
        ledger.pause();
        // Nobody hears of king and guardian again.
        pass(TIMEOUT);
        vm.startPrank(stranger);
        ledger.unpause();
        ledger.claimFor(1, poolId, alice, 40, Tree.proof(four, 0));
        ledger.redeem(poolId, alice, 55, voucher(poolId, alice, 55));
        ledger.redeem(poolId, bob, 5, voucher(poolId, bob, 5));
        vm.stopPrank();
        vm.startPrank(owner);
        ledger.closePool(poolId);
        pass(DELAY);
        ledger.withdraw(poolId);
        vm.stopPrank();
        same(token.balanceOf(alice), 55, "alice");
        same(token.balanceOf(bob), 5, "bob");
        same(token.balanceOf(owner), RICH - 60, "owner");
        same(token.balanceOf(address(ledger)), 0, "nothing is left behind");
    }

    function test_aStolenKingKeyTakesNothingWhenVetoed() external {
        bytes32 poolId = opened(SALT, 100, 30);
        Earning[] memory good = settled(poolId, 10, 10, 0);
        pass(CHALLENGE);
        Earning[] memory stolen = settled(poolId, 100, 10, 90);
        same(debited(poolId), 30, "no more than the epoch's cap is reserved");
        pass(CHALLENGE - 1);
        vm.expectRevert(abi.encodeWithSelector(Claims.NotActive.selector, START + 2 * CHALLENGE));
        ledger.claimFor(2, poolId, bob, 90, Tree.proof(stolen, 1));
        ledger.claimFor(1, poolId, alice, 10, Tree.proof(good, 0));
        vm.prank(guardian);
        ledger.veto(2);
        undone();
        pass(CHALLENGE);
        vm.expectRevert(abi.encodeWithSelector(Claims.NotActive.selector, 0));
        ledger.claimFor(2, poolId, bob, 90, Tree.proof(stolen, 1));
        same(debited(poolId), 10, "debited");
    }

    function test_aStolenKingKeyTakesTheCapsWhenTheGuardianSleeps() external {
        bytes32 poolId = opened(SALT, 100, 30);
        Earning[] memory stolen;
        for (uint128 epoch = 1; epoch <= 3; epoch++) {
            stolen = settled(poolId, 100, 0, 100);
            pass(CHALLENGE);
            ledger.claimFor(uint64(epoch), poolId, bob, 100, Tree.proof(stolen, 1));
            same(token.balanceOf(bob), 30 * epoch, "a cap for every epoch");
            pass(EPOCH);
        }
    }

    function test_aStolenSignerKeyTakesTheCapOfAnEpoch() external {
        bytes32 poolId = opened(SALT, 100, 30);
        for (uint160 i = 1; i < 9; i++) {
            address thief = address(0x7000 + i);
            bytes memory signature = voucher(poolId, thief, 7);
            (bool paid,) = address(ledger).call(abi.encodeCall(ledger.redeem, (poolId, thief, 7, signature)));
            truth(paid == (i <= 5), "vouchers within the cap, and only those");
        }
        same(token.balanceOf(address(ledger)), 70, "the rest is the pool's");
        finalize(SALT, debits(poolId, 0, 50));
        same(debited(poolId), 0, "both keys together take one cap");
    }

    function test_aThousandHostileBlocksGoByOneVeto() external {
        bytes32 poolId = opened(1_000);
        for (uint128 i = 1; i <= 1_000; i++) {
            finalize(SALT, debits(poolId, i - 1, i));
        }
        vm.prank(guardian);
        ledger.veto(1);
        for (uint128 i = 1; i <= 1_000; i++) {
            undone();
        }
        same(debited(poolId), 0, "debited");
        finalize(SALT, new Blocks.Debit[](0));
    }
}
