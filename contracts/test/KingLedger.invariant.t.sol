// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {KingLedger} from "../src/KingLedger.sol";
import {Pools} from "../src/Pools.sol";
import {Setup} from "../src/Setup.sol";
import {SkepForwarder} from "../src/SkepForwarder.sol";
import {SkepToken} from "../src/SkepToken.sol";
import {Handler} from "./Handler.sol";
import {Test} from "./Vm.sol";

/// Whatever king and signer say: no pool pays more than its deposit or its caps, and nothing is paid twice.
contract KingLedgerInvariantTest is Test {
    SkepToken private token;
    KingLedger private ledger;
    Handler private handler;

    function setUp() external {
        vm.warp(1_700_000_000);
        token = new SkepToken(address(this), type(uint128).max);
        address forwarder = address(new SkepForwarder());
        Setup memory setup =
            Setup(address(token), forwarder, address(0x111), address(0x333), 20, 60, 30, 90, 300, 120);
        ledger = new KingLedger(setup);
        handler = new Handler(ledger, token);
        token.transferOwnership(address(handler));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// One function, because forge would run the whole campaign once for each.
    function invariant_theLedgerHolds() external view {
        uint256 held = 0;
        for (uint256 i = 0; i < 2; i++) {
            bytes32 poolId = handler.pools(i);
            Pools.Pool memory account = ledger.pool(poolId);
            held += account.deposited - account.withdrawn - account.claimed;
            truth(account.withdrawn + account.debited + account.redeemed <= account.deposited, "owes more than it has");
            truth(account.claimed <= account.debited + account.redeemed, "paid more than was reserved");
            truth(account.redeemed <= account.claimed, "redeemed and not paid");
            same(token.balanceOf(handler.owners(i)), account.withdrawn, "withdrawn, and not to the owner");
            uint256 epoch = handler.epoch();
            truth(handler.taken(poolId, epoch) <= handler.caps(poolId, epoch), "more than the epoch's cap");
            checkPayments(i);
        }
        same(token.balanceOf(address(ledger)), held, "the balance is what the pools hold");
    }

    function checkPayments(uint256 i) private view {
        uint256 paid = 0;
        uint256 received = token.balanceOf(handler.providers(i));
        for (uint256 j = 0; j < 2; j++) {
            uint128 claimed = ledger.claimedOf(handler.pools(i), handler.providers(j));
            truth(claimed <= handler.promised(handler.pools(i), handler.providers(j)), "paid more than promised");
            paid += claimed;
            received -= ledger.claimedOf(handler.pools(j), handler.providers(i));
        }
        same(ledger.pool(handler.pools(i)).claimed, paid, "a pool's claims are its providers'");
        same(received, 0, "in the wallet, but not claimed");
    }
}
