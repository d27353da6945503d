// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IKingLedger} from "./IKingLedger.sol";

/// @title The money of the pools, and the king's blocks that pay providers from it
/// @notice Nobody administers it: the king can only move a pool's deposit to providers, and owners get
/// back what is not owed. Per pool always `withdrawn + reserved <= deposited` and `claimed <= reserved`.
/// @dev State changes before tokens move, and the token must be a plain ERC-20 (no fee on transfer).
contract KingLedger is IKingLedger, ERC2771Context {
    using SafeERC20 for IERC20;

    /// @inheritdoc IKingLedger
    address public immutable token;
    /// @inheritdoc IKingLedger
    address public immutable king;
    /// @inheritdoc IKingLedger
    uint64 public immutable challengePeriod;
    /// @inheritdoc IKingLedger
    uint64 public immutable withdrawDelay;
    /// @inheritdoc IKingLedger
    uint64 public head;

    mapping(bytes32 poolId => Pool account) private _pools;
    mapping(uint64 number => Block entry) private _blocks;
    mapping(bytes32 poolId => mapping(address provider => uint128 amount)) private _claimed;

    /// @param token_ The token of deposits and payments.
    /// @param forwarder Whose word on the sender is trusted, except for the king's.
    /// @param king_ Who finalizes blocks.
    /// @param challengePeriod_ Seconds before a block's root can be claimed on.
    /// @param withdrawDelay_ Seconds from an owner's request to the withdrawal; more than the former.
    constructor(address token_, address forwarder, address king_, uint64 challengePeriod_, uint64 withdrawDelay_)
        ERC2771Context(forwarder)
    {
        if (withdrawDelay_ <= challengePeriod_) revert DelayTooShort();
        token = token_;
        king = king_;
        challengePeriod = challengePeriod_;
        withdrawDelay = withdrawDelay_;
    }

    /// @inheritdoc IKingLedger
    function open(bytes32 salt) public returns (bytes32 poolId) {
        address owner = _msgSender();
        poolId = keccak256(abi.encode(owner, salt));
        if (_pools[poolId].owner != address(0)) revert PoolExists(poolId);
        _pools[poolId].owner = owner;
        emit PoolOpened(poolId, owner, salt);
    }

    /// @inheritdoc IKingLedger
    function deposit(bytes32 poolId, uint128 amount) public {
        if (amount == 0) revert NoAmount();
        Pool storage account = _existing(poolId);
        account.deposited += amount;
        emit Deposited(poolId, _msgSender(), amount);
        IERC20(token).safeTransferFrom(_msgSender(), address(this), amount);
    }

    /// @inheritdoc IKingLedger
    function openAndDepositWithPermit(bytes32 salt, uint128 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (bytes32 poolId)
    {
        poolId = open(salt);
        depositWithPermit(poolId, amount, deadline, v, r, s);
    }

    /// @inheritdoc IKingLedger
    function depositWithPermit(bytes32 poolId, uint128 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) public {
        // Somebody may have sent the permit before us; then the allowance is there and the call would revert.
        try IERC20Permit(token).permit(_msgSender(), address(this), amount, deadline, v, r, s) {} catch {}
        deposit(poolId, amount);
    }

    /// @inheritdoc IKingLedger
    function requestWithdraw(bytes32 poolId, uint128 amount) external {
        if (amount == 0) revert NoAmount();
        Pool storage account = _existing(poolId);
        // The king may send home what a finished pool has left, but never hold up what its owner asked for.
        bool home = msg.sender == king && account.withdrawAt == 0;
        if (!home && account.owner != _msgSender()) revert NotOwner(poolId);
        account.withdrawAmount = amount;
        account.withdrawAt = uint64(block.timestamp) + withdrawDelay;
        emit WithdrawRequested(poolId, amount, account.withdrawAt);
    }

    /// @inheritdoc IKingLedger
    function withdraw(bytes32 poolId) external {
        Pool storage account = _existing(poolId);
        if (account.withdrawAt == 0 || block.timestamp < account.withdrawAt) revert NotYet(account.withdrawAt);
        uint128 free = account.deposited - account.withdrawn - account.reserved;
        uint128 amount = account.withdrawAmount < free ? account.withdrawAmount : free;
        account.withdrawAmount = 0;
        account.withdrawAt = 0;
        account.withdrawn += amount;
        emit Withdrawn(poolId, account.owner, amount);
        IERC20(token).safeTransfer(account.owner, amount);
    }

    /// @inheritdoc IKingLedger
    function finalizeBlock(
        uint64 number,
        bytes32 parentHash,
        bytes32 root,
        bytes32 receiptsRoot,
        Debit[] calldata debits,
        Leaf[] calldata leaves
    ) external {
        // The transaction's own sender: whatever a forwarder says, it cannot become king.
        if (msg.sender != king) revert NotKing(msg.sender);
        if (number != head + 1) revert WrongNumber(head + 1);
        if (parentHash != _blocks[head].hash) revert WrongParent(_blocks[head].hash);
        for (uint256 i = 0; i < debits.length; i++) {
            _debit(debits[i]);
        }
        bytes32 content = keccak256(abi.encode(leaves));
        bytes32 hash = keccak256(
            abi.encode(
                block.chainid,
                address(this),
                number,
                parentHash,
                root,
                receiptsRoot,
                content,
                keccak256(abi.encode(debits))
            )
        );
        head = number;
        _blocks[number] = Block(hash, root, uint64(block.timestamp) + challengePeriod);
        emit BlockFinalized(number, hash, parentHash, root, receiptsRoot);
    }

    /// @inheritdoc IKingLedger
    function claim(uint64 number, bytes32 poolId, uint128 cumulative, bytes32[] calldata proof) external {
        claimFor(number, poolId, _msgSender(), cumulative, proof);
    }

    /// @inheritdoc IKingLedger
    function claimFor(uint64 number, bytes32 poolId, address provider, uint128 cumulative, bytes32[] calldata proof)
        public
    {
        Block storage entry = _blocks[number];
        if (entry.activeAt == 0 || block.timestamp < entry.activeAt) revert NotYet(entry.activeAt);
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(poolId, provider, uint256(cumulative)))));
        if (!MerkleProof.verifyCalldata(proof, entry.root, leaf)) revert WrongProof();
        uint128 paid = _claimed[poolId][provider];
        if (cumulative <= paid) revert NothingToClaim(paid);
        uint128 amount = cumulative - paid;
        Pool storage account = _existing(poolId);
        if (amount > account.reserved - account.claimed) revert Overclaim(poolId);
        _claimed[poolId][provider] = cumulative;
        account.claimed += amount;
        emit Claimed(poolId, provider, amount, cumulative);
        IERC20(token).safeTransfer(provider, amount);
    }

    /// @inheritdoc IKingLedger
    function blockAt(uint64 number) external view returns (Block memory) {
        return _blocks[number];
    }

    /// @inheritdoc IKingLedger
    function pool(bytes32 poolId) external view returns (Pool memory) {
        return _pools[poolId];
    }

    /// @inheritdoc IKingLedger
    function claimedOf(bytes32 poolId, address provider) external view returns (uint128) {
        return _claimed[poolId][provider];
    }

    function _debit(Debit calldata debit) private {
        Pool storage account = _existing(debit.poolId);
        if (debit.cumulative < account.reserved) revert Shrinks(debit.poolId);
        if (debit.cumulative > account.deposited - account.withdrawn) revert Overdraw(debit.poolId);
        account.reserved = debit.cumulative;
    }

    function _existing(bytes32 poolId) private view returns (Pool storage account) {
        account = _pools[poolId];
        if (account.owner == address(0)) revert NoPool(poolId);
    }
}
