// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Roles} from "./Roles.sol";
import {Setup} from "./Setup.sol";

/// @title The pools' accounts, on which all other parts work
/// @notice Of a pool always `withdrawn + debited + redeemed <= deposited` and `claimed <= debited + redeemed`.
/// @dev State changes before tokens move, and the token must be a plain ERC-20 (no fee on transfer).
abstract contract Pools is ERC2771Context, EIP712, Roles {
    using SafeERC20 for IERC20;

    /// @notice What an owner appoints.
    /// @param signer Whose vouchers are paid, a wallet or an ERC-1271 contract; zero for nobody's.
    /// @param expiry Until when they are.
    /// @param epochCap How much blocks and vouchers together may take from the pool in an epoch.
    struct Terms {
        address signer;
        uint48 expiry;
        uint128 epochCap;
    }

    /// @notice A pool's account; amounts are in the token's smallest unit.
    /// @param owner Who opened it and gets back what is left.
    /// @param withdrawAt When the owner's request can be taken; 0 without one.
    /// @param closedAt When its owner closed it; 0 while it is open.
    /// @param deposited All that was ever paid in.
    /// @param withdrawn All that ever went back to the owner.
    /// @param debited All that blocks have reserved for their roots to pay.
    /// @param redeemed All that vouchers have paid.
    /// @param claimed All that providers have been paid, by roots and by vouchers.
    /// @param withdrawAmount What the owner asked back.
    /// @param spent What blocks and vouchers took in `epoch`.
    /// @param epoch The last epoch in which any did.
    /// @param termsAt When `next` replaces `terms`; 0 when it does not.
    /// @param appointments How often terms were set; the nonce of a signed appointment.
    /// @param terms What the owner appointed.
    /// @param next What it appointed for later.
    struct Pool {
        address owner;
        uint48 withdrawAt;
        uint48 closedAt;
        uint128 deposited;
        uint128 withdrawn;
        uint128 debited;
        uint128 redeemed;
        uint128 claimed;
        uint128 withdrawAmount;
        uint128 spent;
        uint48 epoch;
        uint48 termsAt;
        uint32 appointments;
        Terms terms;
        Terms next;
    }

    /// @notice What the next debit of a pool is up against.
    /// @param debited What it must start from.
    /// @param room How much it can take now.
    struct Room {
        uint128 debited;
        uint128 room;
    }

    /// @notice The token of deposits and payments.
    address public immutable token;
    /// @notice Seconds before a block's root can be claimed on, and in which it can be vetoed.
    uint48 public immutable challengePeriod;
    /// @notice Seconds from an owner's request to the withdrawal.
    uint48 public immutable withdrawDelay;
    /// @notice Seconds of an epoch, for each of which a pool's cap counts anew.
    uint48 public immutable epochLength;
    /// @notice Seconds from a pool's closing until its owner gets what nobody claimed.
    uint48 public immutable claimWindow;

    mapping(bytes32 poolId => Pool account) internal _pools;
    mapping(bytes32 poolId => mapping(address provider => uint128 amount)) private _claimed;

    /// @notice The periods do not leave everyone time for his own.
    error DelayTooShort();
    /// @notice There is no such pool.
    error NoPool(bytes32 poolId);
    /// @notice Only the pool's owner may do this.
    error NotOwner(bytes32 poolId);
    /// @notice The provider was paid this much already, and it is not less.
    error NothingToClaim(uint128 paid);

    constructor(Setup memory setup) {
        if (setup.token == address(0)) revert NoAddress();
        if (setup.epochLength == 0) revert DelayTooShort();
        if (setup.withdrawDelay <= setup.challengePeriod + setup.kingTimeout) revert DelayTooShort();
        if (setup.handoverDelay <= setup.withdrawDelay) revert DelayTooShort();
        if (setup.claimWindow < 2 * setup.withdrawDelay) revert DelayTooShort();
        token = setup.token;
        challengePeriod = setup.challengePeriod;
        withdrawDelay = setup.withdrawDelay;
        epochLength = setup.epochLength;
        claimWindow = setup.claimWindow;
    }

    /// @notice A pool's account, all zero when it was never opened.
    /// @param poolId Which pool.
    /// @return The account.
    function pool(bytes32 poolId) external view returns (Pool memory) {
        return _pools[poolId];
    }

    /// @notice What debits of these pools start from and how much they can take now.
    /// @param poolIds Which pools; one that was never opened has no room.
    /// @return rooms One for each.
    function roomsOf(bytes32[] calldata poolIds) external view returns (Room[] memory rooms) {
        rooms = new Room[](poolIds.length);
        for (uint256 i = 0; i < poolIds.length; i++) {
            Pool storage account = _pools[poolIds[i]];
            rooms[i] = Room(account.debited, _room(account));
        }
    }

    /// @notice What a provider has been paid from a pool, by roots and by vouchers: both count on this one number.
    /// @param poolId Which pool.
    /// @param provider Who was paid.
    /// @return The sum of all payments.
    function claimedOf(bytes32 poolId, address provider) external view returns (uint128) {
        return _claimed[poolId][provider];
    }

    /// @dev What the provider is still owed of a cumulative amount.
    function _owed(bytes32 poolId, address provider, uint128 cumulative) internal view returns (uint128) {
        uint128 paid = _claimed[poolId][provider];
        if (cumulative <= paid) revert NothingToClaim(paid);
        return cumulative - paid;
    }

    /// @dev Pays a provider from what is reserved; returns all it was ever paid.
    function _pay(bytes32 poolId, address provider, uint128 amount) internal returns (uint128 paid) {
        paid = _claimed[poolId][provider] + amount;
        _claimed[poolId][provider] = paid;
        _pools[poolId].claimed += amount;
        IERC20(token).safeTransfer(provider, amount);
    }

    /// @dev Takes from the room of this epoch.
    function _spend(Pool storage account, uint128 amount) internal {
        account.spent = _spent(account) + amount;
        account.epoch = _epochAt(block.timestamp);
    }

    /// @dev How much more blocks and vouchers may take: what nobody else has and the epoch's cap leaves.
    function _room(Pool storage account) internal view returns (uint128) {
        if (account.closedAt != 0 && block.timestamp >= account.closedAt + withdrawDelay) return 0;
        uint128 cap = _terms(account).epochCap;
        uint128 spent = _spent(account);
        return spent >= cap ? 0 : _min(cap - spent, _free(account));
    }

    function _free(Pool storage account) internal view returns (uint128) {
        return account.deposited - account.withdrawn - account.debited - account.redeemed;
    }

    function _terms(Pool storage account) internal view returns (Terms storage) {
        return account.termsAt != 0 && block.timestamp >= account.termsAt ? account.next : account.terms;
    }

    function _epochAt(uint256 time) internal view returns (uint48) {
        return uint48(time / epochLength);
    }

    function _existing(bytes32 poolId) internal view returns (Pool storage account) {
        account = _pools[poolId];
        if (account.owner == address(0)) revert NoPool(poolId);
    }

    function _owned(bytes32 poolId) internal view returns (Pool storage account) {
        account = _pools[poolId];
        if (account.owner != _msgSender()) revert NotOwner(poolId);
    }

    function _min(uint128 a, uint128 b) internal pure returns (uint128) {
        return uint128(Math.min(a, b));
    }

    function _spent(Pool storage account) private view returns (uint128) {
        return account.epoch == _epochAt(block.timestamp) ? account.spent : 0;
    }
}
