// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Blocks} from "../src/Blocks.sol";
import {KingLedger} from "../src/KingLedger.sol";
import {Pools} from "../src/Pools.sol";
import {SkepToken} from "../src/SkepToken.sol";
import {Signing} from "./Signing.sol";
import {Earning, Tree} from "./Tree.sol";

/// Owners, providers, a guardian, and a king and a signer that lie, on two pools and two providers. A call
/// that comes to nothing is discarded, so that the run's table of calls and discards says how many did
/// something; what must never happen fails the run.
contract Handler is Signing {
    KingLedger private immutable ledger;
    SkepToken private immutable token;

    bytes32[2] public pools;
    address[2] public owners = [address(0xC0), address(0xC1)];
    address[2] public providers = [address(0xA), address(0xB)];
    /// The most that any block or voucher said a provider had earned of a pool.
    mapping(bytes32 => mapping(address => uint128)) public promised;
    /// What blocks that stand and vouchers took of a pool in an epoch, and the most its cap allowed.
    mapping(bytes32 => mapping(uint256 => uint128)) public taken;
    mapping(bytes32 => mapping(uint256 => uint128)) public caps;
    mapping(uint64 => Earning[]) private earned;
    mapping(uint64 => Blocks.Debit[]) private debits;
    mapping(uint64 => uint256) private epochs;
    uint256 public epoch;

    constructor(KingLedger ledger_, SkepToken token_) {
        ledger = ledger_;
        token = token_;
        for (uint256 i = 0; i < 2; i++) {
            vm.prank(owners[i]);
            pools[i] = ledger_.open(bytes32(i), Pools.Terms(vm.addr(SIGNER_KEY), type(uint48).max, 100 ether));
        }
        noteCaps();
    }

    function deposit(uint256 which, uint128 amount) external {
        amount = uint128(bound(amount, 1, 1_000 ether));
        token.mint(address(this), amount);
        token.approve(address(ledger), amount);
        may(address(this), abi.encodeCall(ledger.deposit, (pools[which % 2], amount)));
        noteCaps();
    }

    /// Any debit, and leaves that promise anything; it cannot be refused, only cut.
    function settle(uint256 which, uint128 more, uint128[4] memory shares) public {
        bytes32 poolId = pools[which % 2];
        uint128 from = ledger.pool(poolId).debited;
        Blocks.Debit[] memory one = new Blocks.Debit[](1);
        one[0] = Blocks.Debit(poolId, from, from + uint128(bound(more, 1, 60 ether)));
        Earning[] memory four = new Earning[](4);
        for (uint256 i = 0; i < 4; i++) {
            uint128 paid = ledger.claimedOf(pools[i / 2], providers[i % 2]);
            four[i] = Earning(pools[i / 2], providers[i % 2], paid + uint128(bound(shares[i], 1, 40 ether)));
        }
        uint64 number = ledger.head() + 1;
        bytes32 parent = ledger.blockAt(number - 1).hash;
        bytes memory call = abi.encodeCall(
            ledger.finalizeBlock, (number, parent, Tree.root(four), bytes32(0), one, new Blocks.Leaf[](0))
        );
        may(ledger.king(), call);
        take(poolId, ledger.pool(poolId).debited - from);
        epochs[number] = epoch;
        delete earned[number];
        delete debits[number];
        debits[number].push(one[0]);
        for (uint256 i = 0; i < 4; i++) {
            earned[number].push(four[i]);
            promise_(four[i].poolId, four[i].provider, four[i].cumulative);
        }
    }

    /// Claims on a standing block, mostly the newest; passes the time that it needs.
    function claim(uint64 number, uint256 place) external {
        if (ledger.head() == 0) vm.assume(false);
        number = number % 4 == 0 ? uint64(bound(number, 1, ledger.head())) : ledger.head();
        place = place % 4;
        if (!isDue(earned[number][place])) place = place ^ 1;
        if (!isDue(earned[number][place])) place = place ^ 2;
        Earning memory leaf = earned[number][place];
        if (ledger.blockAt(number).activeAt > block.timestamp) vm.warp(ledger.blockAt(number).activeAt);
        bytes32[] memory proof = Tree.proof(earned[number], place);
        bool due = isDue(leaf);
        try ledger.claimFor(number, leaf.poolId, leaf.provider, leaf.cumulative, proof) {
            truth(due, "paid what was not due");
        } catch {
            truth(!due, "refused what was due");
            vm.assume(false);
        }
        noteCaps();
    }

    /// The signer says anything.
    function redeem(uint256 which, uint256 whom, uint128 more) external {
        bytes32 poolId = pools[which % 2];
        address provider = providers[whom % 2];
        uint128 before = ledger.pool(poolId).redeemed;
        uint128 cumulative = ledger.claimedOf(poolId, provider) + uint128(bound(more, 1, 20 ether));
        bytes memory signature = voucher(address(ledger), SIGNER_KEY, Voucher(poolId, provider, cumulative));
        may(address(this), abi.encodeCall(ledger.redeem, (poolId, provider, cumulative, signature)));
        promise_(poolId, provider, cumulative);
        take(poolId, ledger.pool(poolId).redeemed - before);
    }

    /// Owner or king asks, anybody sends.
    function withdraw(uint256 which, uint128 amount, bool home) external {
        bytes32 poolId = pools[which % 2];
        vm.prank(home ? ledger.king() : owners[which % 2]);
        ledger.requestWithdraw(poolId, uint128(bound(amount, 1, 100 ether)));
        vm.warp(block.timestamp + ledger.withdrawDelay());
        ledger.withdraw(poolId);
        noteCaps();
    }

    function appoint(uint256 which, uint128 cap, uint256 time) external {
        vm.prank(owners[which % 2]);
        ledger.appoint(pools[which % 2], Pools.Terms(vm.addr(SIGNER_KEY), type(uint48).max, cap % 200 ether));
        noteCaps();
        vm.warp(block.timestamp + bound(time, 0, 200));
        noteCaps();
    }

    /// The guardian throws out a young block, and somebody takes all of it back.
    function veto(uint64 back) external {
        settle(back, back, [uint128(1), 2, 3, 4]);
        uint64 head = ledger.head();
        uint64 number = head - uint64(bound(back, 0, head < 3 ? head - 1 : 2));
        while (ledger.blockAt(number).activeAt <= block.timestamp) number++;
        vm.prank(ledger.guardian());
        ledger.veto(number);
        for (uint64 i = head; i >= number; i--) {
            uint128 before = ledger.pool(debits[i][0].poolId).debited;
            ledger.undo(bytes32(0), keccak256(abi.encode(new Blocks.Leaf[](0))), debits[i]);
            taken[debits[i][0].poolId][epochs[i]] -= before - ledger.pool(debits[i][0].poolId).debited;
        }
        noteCaps();
    }

    function pause(bool twice) external {
        settle(0, 1, [uint128(1), 1, 1, 1]);
        may(ledger.guardian(), abi.encodeCall(ledger.pause, ()));
        if (twice) vm.warp(block.timestamp + ledger.kingTimeout());
        vm.prank(twice ? address(this) : ledger.guardian());
        ledger.unpause();
        noteCaps();
    }

    /// Blocks that must not pass: any numbers and parents, and debits that shrink or start elsewhere.
    function lie(uint64 number, bytes32 parent, uint256 which, uint128 from, uint128 to, bool chained) external {
        bytes32 poolId = pools[which % 2];
        if (chained) (number, parent) = (ledger.head() + 1, ledger.blockAt(ledger.head()).hash);
        if (chained && from == ledger.pool(poolId).debited && to >= from) vm.assume(false);
        Blocks.Debit[] memory one = new Blocks.Debit[](1);
        one[0] = Blocks.Debit(poolId, from, to);
        vm.prank(ledger.king());
        try ledger.finalizeBlock(number, parent, parent, parent, one, new Blocks.Leaf[](0)) {
            revert NotTrue("a block passed that must not");
        } catch {}
    }

    /// A proof and a voucher are good for their own amount and no other.
    function forge(uint256 place, uint128 cumulative) external {
        uint64 number = ledger.head();
        if (number == 0) vm.assume(false);
        Earning memory leaf = earned[number][place % 4];
        if (ledger.blockAt(number).activeAt > block.timestamp) vm.warp(ledger.blockAt(number).activeAt);
        cumulative = uint128(bound(cumulative, 0, leaf.cumulative)) + 1;
        if (cumulative == leaf.cumulative) vm.assume(false);
        bytes32[] memory proof = Tree.proof(earned[number], place % 4);
        try ledger.claimFor(number, leaf.poolId, leaf.provider, cumulative, proof) {
            revert NotTrue("a forged amount was paid");
        } catch {}
        Voucher memory real = Voucher(leaf.poolId, leaf.provider, leaf.cumulative);
        bytes memory signature = voucher(address(ledger), SIGNER_KEY, real);
        try ledger.redeem(leaf.poolId, leaf.provider, cumulative, signature) {
            revert NotTrue("a forged voucher was paid");
        } catch {}
        noteCaps();
    }

    function isDue(Earning memory leaf) private view returns (bool) {
        Pools.Pool memory account = ledger.pool(leaf.poolId);
        uint128 paid = ledger.claimedOf(leaf.poolId, leaf.provider);
        return leaf.cumulative > paid && account.debited + account.redeemed > account.claimed;
    }

    /// Calls the ledger; discards what it refuses.
    function may(address sender, bytes memory call) private {
        vm.prank(sender);
        (bool done,) = address(ledger).call(call);
        vm.assume(done);
    }

    function take(bytes32 poolId, uint128 amount) private {
        noteCaps();
        taken[poolId][epoch] += amount;
    }

    function promise_(bytes32 poolId, address provider, uint128 cumulative) private {
        if (cumulative > promised[poolId][provider]) promised[poolId][provider] = cumulative;
    }

    /// Remembers the highest cap that each pool has had in this epoch.
    function noteCaps() private {
        epoch = block.timestamp / ledger.epochLength();
        for (uint256 i = 0; i < 2; i++) {
            Pools.Pool memory account = ledger.pool(pools[i]);
            bool later = account.termsAt != 0 && block.timestamp >= account.termsAt;
            uint128 cap = later ? account.next.epochCap : account.terms.epochCap;
            if (!later && account.termsAt != 0 && account.termsAt / ledger.epochLength() == epoch) {
                cap = account.terms.epochCap > account.next.epochCap ? account.terms.epochCap : account.next.epochCap;
            }
            if (cap > caps[pools[i]][epoch]) caps[pools[i]][epoch] = cap;
        }
    }
}
