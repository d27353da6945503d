// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Pools} from "./Pools.sol";

/// @title The king's blocks, and the guardian's veto
/// @notice A block reserves pools' money for the earnings under its root. A debit takes as much as its pool
/// has and its cap leaves, and the rest waits for a later block: no pool can hold up the others' block.
abstract contract Blocks is Pools {
    /// @notice One of the king's blocks.
    /// @param hash Binds chain, contract, number, parent, roots and content.
    /// @param root Of the tree over all earnings (pool, provider, cumulative) ever.
    /// @param activeAt From when the root can be claimed on; 0 when there is no such block.
    struct Block {
        bytes32 hash;
        bytes32 root;
        uint48 activeAt;
    }

    /// @notice What roots may pay from a pool since its beginning.
    /// @param poolId Which pool.
    /// @param from What is debited now; a veto goes back to it.
    /// @param to What shall be; not less.
    struct Debit {
        bytes32 poolId;
        uint128 from;
        uint128 to;
    }

    /// @notice What a provider has earned from a pool since its beginning.
    /// @param debit The place of the pool in the block's debits.
    /// @param provider Who earned it.
    /// @param cumulative How much.
    struct Leaf {
        uint32 debit;
        address provider;
        uint128 cumulative;
    }

    /// @notice The newest block's number; 0 before the first.
    uint64 public head;
    /// @notice The newest block's number with those vetoed ones whose debits are not undone yet.
    uint64 public tip;

    mapping(uint64 number => Block entry) internal _blocks;

    /// @notice The king made a block.
    event BlockFinalized(
        uint64 indexed number, bytes32 hash, bytes32 parentHash, bytes32 root, bytes32 receiptsRoot
    );
    /// @notice A pool had less room than a block asked for; a later block has to debit the rest.
    event DebitShort(bytes32 indexed poolId, uint128 to, uint128 debited);
    /// @notice The guardian threw out all blocks from `first` to `last`.
    event BlocksVetoed(uint64 indexed first, uint64 indexed last);
    /// @notice A vetoed block's debits were taken back.
    event BlockUndone(uint64 indexed number);

    /// @notice The next block has another number.
    error WrongNumber(uint64 expected);
    /// @notice The newest block has another hash.
    error WrongParent(bytes32 expected);
    /// @notice The pool has another amount debited now.
    error WrongFrom(bytes32 poolId, uint128 debited);
    /// @notice A debit takes nothing back.
    error Shrinks(bytes32 poolId);
    /// @notice Vetoed blocks must be undone first, from this one down.
    error UndoFirst(uint64 number);
    /// @notice There is no such block to veto.
    error NoBlock(uint64 number);
    /// @notice The challenge period of the block is over.
    error TooLate(uint64 number);
    /// @notice No vetoed block is left to undo.
    error NothingToUndo();
    /// @notice This is not what that block was made of.
    error WrongContent(uint64 number);

    /// @notice Adds the king's next block.
    /// @param number The head's number plus one.
    /// @param parentHash The head's hash; zero for the first block.
    /// @param root Of the tree over all earnings ever.
    /// @param receiptsRoot Of the tree over this block's receipts.
    /// @param debits What the debited pools' roots may pay in all.
    /// @param leaves The earnings this block changes: with all blocks' leaves anyone can rebuild the tree.
    function finalizeBlock(
        uint64 number,
        bytes32 parentHash,
        bytes32 root,
        bytes32 receiptsRoot,
        Debit[] calldata debits,
        Leaf[] calldata leaves
    ) external {
        _checkKing();
        _checkRunning();
        if (tip != head) revert UndoFirst(tip);
        if (number != head + 1) revert WrongNumber(head + 1);
        if (parentHash != _blocks[head].hash) revert WrongParent(_blocks[head].hash);
        for (uint256 i = 0; i < debits.length; i++) {
            _debit(debits[i]);
        }
        bytes32 hash = _hash(number, root, receiptsRoot, keccak256(abi.encode(leaves)), debits);
        head = number;
        tip = number;
        kingSeenAt = uint48(block.timestamp);
        _blocks[number] = Block(hash, root, uint48(block.timestamp) + challengePeriod);
        emit BlockFinalized(number, hash, parentHash, root, receiptsRoot);
    }

    /// @notice The guardian throws out a block inside its challenge period, and with it all later ones. Their roots
    /// are worth nothing at once; the next block waits until their debits are undone.
    /// @param number The first block to go.
    function veto(uint64 number) external {
        _checkGuardian();
        if (number == 0 || number > head) revert NoBlock(number);
        if (block.timestamp >= _blocks[number].activeAt) revert TooLate(number);
        emit BlocksVetoed(number, head);
        head = number - 1;
    }

    /// @notice Takes back the debits of the topmost vetoed block; anyone may, with what the king published.
    /// @param receiptsRoot The block's.
    /// @param dataHash The hash of the block's leaves.
    /// @param debits The block's.
    function undo(bytes32 receiptsRoot, bytes32 dataHash, Debit[] calldata debits) external {
        uint64 number = tip;
        if (number == head) revert NothingToUndo();
        Block memory entry = _blocks[number];
        if (_hash(number, entry.root, receiptsRoot, dataHash, debits) != entry.hash) revert WrongContent(number);
        uint48 epoch = _epochAt(entry.activeAt - challengePeriod);
        for (uint256 i = 0; i < debits.length; i++) {
            _undo(debits[i], epoch);
        }
        delete _blocks[number];
        tip = number - 1;
        emit BlockUndone(number);
    }

    /// @notice A block, all zero when there is none of this number.
    /// @param number Which block.
    /// @return entry The block.
    function blockAt(uint64 number) external view returns (Block memory entry) {
        if (number <= head) entry = _blocks[number];
    }

    function _debit(Debit calldata debit) private {
        Pool storage account = _existing(debit.poolId);
        if (debit.from != account.debited) revert WrongFrom(debit.poolId, account.debited);
        if (debit.to < debit.from) revert Shrinks(debit.poolId);
        uint128 amount = _min(debit.to - debit.from, _room(account));
        _spend(account, amount);
        account.debited += amount;
        if (account.debited < debit.to) emit DebitShort(debit.poolId, debit.to, account.debited);
    }

    /// @dev Never below what roots have paid already: an older root may have been paid from this debit.
    function _undo(Debit calldata debit, uint48 epoch) private {
        Pool storage account = _pools[debit.poolId];
        uint128 paid = account.claimed - account.redeemed;
        uint128 to = debit.from < paid ? paid : debit.from;
        if (to >= account.debited) return;
        if (account.epoch == epoch) account.spent -= account.debited - to;
        account.debited = to;
    }

    function _hash(uint64 number, bytes32 root, bytes32 receiptsRoot, bytes32 dataHash, Debit[] calldata debits)
        private
        view
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                block.chainid,
                address(this),
                number,
                _blocks[number - 1].hash,
                root,
                receiptsRoot,
                dataHash,
                keccak256(abi.encode(debits))
            )
        );
    }
}
