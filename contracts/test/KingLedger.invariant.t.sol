// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IKingLedger} from "../src/IKingLedger.sol";
import {KingLedger} from "../src/KingLedger.sol";
import {SkepForwarder} from "../src/SkepForwarder.sol";
import {SkepToken} from "../src/SkepToken.sol";
import {Handler} from "./Handler.sol";
import {Test} from "./Vm.sol";

/// Whatever the king says: no pool pays more than its deposit, and nothing is paid twice.
contract KingLedgerInvariantTest is Test {
    SkepToken private token;
    KingLedger private ledger;
    Handler private handler;

    function setUp() external {
        vm.warp(1_700_000_000);
        token = new SkepToken(address(this), type(uint128).max);
        ledger = new KingLedger(address(token), address(new SkepForwarder()), address(0x111), 5, 60);
        handler = new Handler(ledger, token);
        token.transferOwnership(address(handler));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_theBalanceIsWhatPoolsHold() external view {
        uint256 held = 0;
        for (uint256 i = 0; i < 2; i++) {
            IKingLedger.Pool memory account = ledger.pool(handler.pools(i));
            held += account.deposited - account.withdrawn - account.claimed;
        }
        same(token.balanceOf(address(ledger)), held, "balance");
    }

    function invariant_noPoolOwesMoreThanItHas() external view {
        for (uint256 i = 0; i < 2; i++) {
            IKingLedger.Pool memory account = ledger.pool(handler.pools(i));
            truth(account.withdrawn + account.reserved <= account.deposited, "reserved");
            truth(account.claimed <= account.reserved, "claimed");
        }
    }

    function invariant_nothingIsPaidTwice() external view {
        for (uint256 i = 0; i < 2; i++) {
            uint256 paid = 0;
            uint256 received = token.balanceOf(handler.providers(i));
            for (uint256 j = 0; j < 2; j++) {
                paid += ledger.claimedOf(handler.pools(i), handler.providers(j));
                received -= ledger.claimedOf(handler.pools(j), handler.providers(i));
            }
            same(ledger.pool(handler.pools(i)).claimed, paid, "claimed");
            same(received, 0, "in the wallet, but not claimed");
        }
    }

    function invariant_nobodyIsPaidMoreThanPromised() external view {
        for (uint256 i = 0; i < 4; i++) {
            (bytes32 poolId, address provider) = (handler.pools(i / 2), handler.providers(i % 2));
            truth(ledger.claimedOf(poolId, provider) <= handler.promised(poolId, provider), "promised");
        }
    }

    /// A run in which nothing happens would prove nothing.
    function afterInvariant() external view {
        truth(handler.blocks() >= 5, "too few blocks in this run");
        truth(handler.claims() >= 1, "no claim in this run");
        truth(handler.withdrawals() >= 5, "too few withdrawals in this run");
    }
}
