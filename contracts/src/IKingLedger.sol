// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title What pools, providers and the king do with the ledger
interface IKingLedger {
    /// @notice A pool's account; amounts are in the token's smallest unit.
    /// @param owner Who opened it and gets back what is left.
    /// @param withdrawAt When the owner's request can be taken; 0 without one.
    /// @param deposited All that was ever paid in.
    /// @param withdrawn All that ever went back to the owner.
    /// @param reserved All that blocks have debited for providers.
    /// @param claimed All that providers have been paid.
    /// @param withdrawAmount What the owner asked back.
    struct Pool {
        address owner;
        uint64 withdrawAt;
        uint128 deposited;
        uint128 withdrawn;
        uint128 reserved;
        uint128 claimed;
        uint128 withdrawAmount;
    }

    /// @notice One of the king's blocks.
    /// @param hash Binds chain, contract, number, parent, roots and content.
    /// @param root Of the tree over all earnings (pool, provider, cumulative) ever.
    /// @param activeAt From when the root can be claimed on; 0 when there is no such block.
    struct Block {
        bytes32 hash;
        bytes32 root;
        uint64 activeAt;
    }

    /// @notice What a pool owes its providers since its beginning.
    struct Debit {
        bytes32 poolId;
        uint128 cumulative;
    }

    /// @notice What a provider has earned from a pool since its beginning.
    struct Leaf {
        bytes32 poolId;
        address provider;
        uint128 cumulative;
    }

    event PoolOpened(bytes32 indexed poolId, address indexed owner, bytes32 salt);
    event Deposited(bytes32 indexed poolId, address indexed payer, uint128 amount);
    event WithdrawRequested(bytes32 indexed poolId, uint128 amount, uint64 withdrawAt);
    event Withdrawn(bytes32 indexed poolId, address indexed owner, uint128 amount);
    event BlockFinalized(
        uint64 indexed number, bytes32 hash, bytes32 parentHash, bytes32 root, bytes32 receiptsRoot
    );
    event Claimed(bytes32 indexed poolId, address indexed provider, uint128 amount, uint128 cumulative);

    error DelayTooShort();
    error NoAmount();
    error NoPool(bytes32 poolId);
    error NotKing(address sender);
    error NotOwner(bytes32 poolId);
    error NotYet(uint64 activeAt);
    error NothingToClaim(uint128 paid);
    error Overclaim(bytes32 poolId);
    error Overdraw(bytes32 poolId);
    error PoolExists(bytes32 poolId);
    error Shrinks(bytes32 poolId);
    error WrongNumber(uint64 expected);
    error WrongParent(bytes32 expected);
    error WrongProof();

    /// @notice Opens a pool of the sender.
    /// @param salt The sender's own name for it.
    /// @return poolId `keccak256(abi.encode(owner, salt))`, so that nobody can take another's id.
    function open(bytes32 salt) external returns (bytes32 poolId);

    /// @notice Pays approved tokens of the sender into a pool, whoever owns it.
    /// @param poolId Which pool.
    /// @param amount How much; not zero.
    function deposit(bytes32 poolId, uint128 amount) external;

    /// @notice Opens a pool and pays into it by a signed ERC-2612 permit.
    /// @param salt The sender's own name for the pool.
    /// @param amount How much; the permit's value.
    /// @param deadline The permit's deadline.
    /// @param v The signature's recovery byte.
    /// @param r The signature's first half.
    /// @param s The signature's second half.
    /// @return poolId The new pool.
    function openAndDepositWithPermit(bytes32 salt, uint128 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (bytes32 poolId);

    /// @notice Pays into a pool by a signed ERC-2612 permit of the sender.
    /// @param poolId Which pool.
    /// @param amount How much; the permit's value.
    /// @param deadline The permit's deadline.
    /// @param v The signature's recovery byte.
    /// @param r The signature's first half.
    /// @param s The signature's second half.
    function depositWithPermit(bytes32 poolId, uint128 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;

    /// @notice Asks for money back to the owner; the owner's second request replaces the first and starts the delay
    /// anew. The king may ask where nobody has yet: for a pool whose work is done.
    /// @param poolId A pool of the sender, or any for the king.
    /// @param amount How much at most; work done meanwhile is paid first.
    function requestWithdraw(bytes32 poolId, uint128 amount) external;

    /// @notice Gives the owner what was asked for, or what is left of it, after the delay; anybody may send it.
    /// @param poolId Which pool.
    function withdraw(bytes32 poolId) external;

    /// @notice Adds the king's next block.
    /// @param number The head's number plus one.
    /// @param parentHash The head's hash; zero for the first block.
    /// @param root Of the tree over all earnings ever.
    /// @param receiptsRoot Of the tree over this block's receipts.
    /// @param debits What the debited pools owe in all; it never shrinks, so repeating it changes nothing.
    /// @param leaves The earnings this block changes: with all blocks' leaves anyone can rebuild the tree.
    function finalizeBlock(
        uint64 number,
        bytes32 parentHash,
        bytes32 root,
        bytes32 receiptsRoot,
        Debit[] calldata debits,
        Leaf[] calldata leaves
    ) external;

    /// @notice Pays the sender what it has earned by a block and not been paid yet.
    /// @param number A block whose challenge period is over; old ones stay good for ever.
    /// @param poolId Which pool pays.
    /// @param cumulative What the block's tree says the sender has earned in all.
    /// @param proof The siblings from that leaf to the block's root.
    function claim(uint64 number, bytes32 poolId, uint128 cumulative, bytes32[] calldata proof) external;

    /// @notice As `claim`, sent by anyone; the money goes to the provider.
    /// @param number A block whose challenge period is over.
    /// @param poolId Which pool pays.
    /// @param provider Who is paid.
    /// @param cumulative What the block's tree says the provider has earned in all.
    /// @param proof The siblings from that leaf to the block's root.
    function claimFor(uint64 number, bytes32 poolId, address provider, uint128 cumulative, bytes32[] calldata proof)
        external;

    /// @notice The token of deposits and payments.
    function token() external view returns (address);

    /// @notice The only sender of blocks.
    function king() external view returns (address);

    /// @notice Seconds before a block's root can be claimed on.
    function challengePeriod() external view returns (uint64);

    /// @notice Seconds from an owner's request to the withdrawal.
    function withdrawDelay() external view returns (uint64);

    /// @notice The newest block's number; 0 before the first.
    function head() external view returns (uint64);

    /// @notice A block, all zero when there is none of this number.
    function blockAt(uint64 number) external view returns (Block memory);

    /// @notice A pool's account, all zero when it was never opened.
    function pool(bytes32 poolId) external view returns (Pool memory);

    /// @notice What a provider has been paid from a pool.
    function claimedOf(bytes32 poolId, address provider) external view returns (uint128);
}
