// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Blocks} from "./Blocks.sol";

/// @title Payment by proof: what a block's root says a provider has earned
abstract contract Claims is Blocks {
    /// @notice A root paid a provider, who has been paid `cumulative` by this pool in all.
    event Claimed(bytes32 indexed poolId, address indexed provider, uint128 amount, uint128 cumulative);

    /// @notice The block's root cannot be claimed on before this time, or there is no such block when it is 0.
    error NotActive(uint48 activeAt);
    /// @notice The proof does not lead from this earning to the block's root.
    error WrongProof();
    /// @notice Nothing is reserved any more: the king promised more than it debited.
    error NothingReserved(bytes32 poolId);

    /// @notice Pays the sender what it has earned by a block and not been paid yet.
    /// @param number A block whose challenge period is over; old ones stay good.
    /// @param poolId Which pool pays.
    /// @param cumulative What the block's tree says the sender has earned in all.
    /// @param proof The siblings from that leaf to the block's root.
    function claim(uint64 number, bytes32 poolId, uint128 cumulative, bytes32[] calldata proof) external {
        claimFor(number, poolId, _msgSender(), cumulative, proof);
    }

    /// @notice As `claim`, sent by anyone; the money goes to the provider.
    /// @param number A block whose challenge period is over.
    /// @param poolId Which pool pays.
    /// @param provider Who is paid.
    /// @param cumulative What the block's tree says the provider has earned in all.
    /// @param proof The siblings from that leaf to the block's root.
    function claimFor(uint64 number, bytes32 poolId, address provider, uint128 cumulative, bytes32[] calldata proof)
        public
    {
        _checkRunning();
        if (number == 0 || number > head) revert NotActive(0);
        Block storage entry = _blocks[number];
        if (block.timestamp < entry.activeAt) revert NotActive(entry.activeAt);
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(poolId, provider, uint256(cumulative)))));
        if (!MerkleProof.verifyCalldata(proof, entry.root, leaf)) revert WrongProof();
        Pool storage account = _existing(poolId);
        uint128 reserved = account.debited + account.redeemed - account.claimed;
        uint128 amount = _min(_owed(poolId, provider, cumulative), reserved);
        if (amount == 0) revert NothingReserved(poolId);
        emit Claimed(poolId, provider, amount, _pay(poolId, provider, amount));
    }
}
