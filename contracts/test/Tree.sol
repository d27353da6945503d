// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// What the tree says a provider has earned of a pool.
struct Earning {
    bytes32 poolId;
    address provider;
    uint128 cumulative;
}

/// A tree of four earnings. The verifier does not care for the tree's shape, so two levels will do.
library Tree {
    function leaf(Earning memory entry) internal pure returns (bytes32) {
        return keccak256(
            bytes.concat(keccak256(abi.encode(entry.poolId, entry.provider, uint256(entry.cumulative))))
        );
    }

    function root(Earning[] memory four) internal pure returns (bytes32) {
        return Hashes.commutativeKeccak256(_pair(four, 0), _pair(four, 2));
    }

    function proof(Earning[] memory four, uint256 place) internal pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](2);
        siblings[0] = leaf(four[place ^ 1]);
        siblings[1] = _pair(four, place < 2 ? 2 : 0);
    }

    function _pair(Earning[] memory four, uint256 first) private pure returns (bytes32) {
        return Hashes.commutativeKeccak256(leaf(four[first]), leaf(four[first + 1]));
    }
}
