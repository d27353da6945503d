// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Pools} from "../src/Pools.sol";
import {SkepToken} from "../src/SkepToken.sol";
import {Test} from "./Vm.sol";

/// What wallets sign, hashed by hand and not by the code under test.
abstract contract Signing is Test {
    uint256 internal constant OWNER_KEY = 0xA11CE;
    uint256 internal constant SIGNER_KEY = 0x516;

    struct Voucher {
        bytes32 poolId;
        address provider;
        uint128 cumulative;
    }

    function voucher(address ledger, uint256 key, Voucher memory content) internal returns (bytes memory) {
        bytes32 typeHash = keccak256("Voucher(bytes32 poolId,address provider,uint128 cumulative)");
        bytes32 hash = keccak256(abi.encode(typeHash, content.poolId, content.provider, content.cumulative));
        return signed(key, digest("KingLedger", ledger, hash));
    }

    function appointment(address ledger, bytes32 poolId, Pools.Terms memory terms, uint256 nonce, uint256 deadline)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256(
            "Appointment(bytes32 poolId,address signer,uint48 expiry,uint128 epochCap,uint256 nonce,uint256 deadline)"
        );
        bytes32 hash = keccak256(
            abi.encode(typeHash, poolId, terms.signer, terms.expiry, terms.epochCap, nonce, deadline)
        );
        return digest("KingLedger", ledger, hash);
    }

    function permit(SkepToken token, address spender, uint128 amount, uint256 deadline)
        internal
        returns (uint8 v, bytes32 r, bytes32 s)
    {
        address owner = vm.addr(OWNER_KEY);
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash =
            keccak256(abi.encode(typeHash, owner, spender, uint256(amount), token.nonces(owner), deadline));
        return vm.sign(OWNER_KEY, digest("Skep", address(token), hash));
    }

    function signed(uint256 key, bytes32 hash) internal returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return abi.encodePacked(r, s, v);
    }

    function digest(string memory name, address verifier, bytes32 content) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                verifier
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, content));
    }
}

/// A wallet that is a contract: signs by the key that it was made with (ERC-1271).
contract ContractWallet {
    address private immutable key;

    constructor(address key_) {
        key = key_;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        address found =
            ecrecover(hash, uint8(signature[64]), bytes32(signature[0:32]), bytes32(signature[32:64]));
        return found == key ? bytes4(0x1626ba7e) : bytes4(0);
    }
}
