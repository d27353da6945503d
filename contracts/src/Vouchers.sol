// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Pools} from "./Pools.sol";

/// @title Payment without a king: what the signer whom an owner appointed says a provider has earned
/// @notice Vouchers are cumulative and count on the same number as roots, so that nothing is paid twice. They
/// pay from what no block has debited, within the epoch's cap.
abstract contract Vouchers is Pools {
    bytes32 private constant VOUCHER = keccak256("Voucher(bytes32 poolId,address provider,uint128 cumulative)");

    /// @notice A voucher paid a provider, who has been paid `cumulative` by this pool in all.
    event Redeemed(bytes32 indexed poolId, address indexed provider, uint128 amount, uint128 cumulative);

    /// @notice The signer's time is over, or there never was one.
    error SignerExpired(uint48 expiry);
    /// @notice The signature is not the appointed signer's, or of another voucher.
    error WrongSignature();
    /// @notice The pool has no money left, or none that this epoch's cap leaves.
    error NoRoom(bytes32 poolId);

    /// @notice Pays a provider what a voucher says it has earned and not been paid yet, as far as there is room;
    /// the rest stays due. Anyone may send it; the money goes to the provider.
    /// @param poolId Which pool pays.
    /// @param provider Who is paid.
    /// @param cumulative What it has earned in all.
    /// @param signature Of a `Voucher`, by the pool's signer.
    function redeem(bytes32 poolId, address provider, uint128 cumulative, bytes calldata signature) external {
        _checkRunning();
        Pool storage account = _existing(poolId);
        Terms memory terms = _terms(account);
        if (block.timestamp >= terms.expiry) revert SignerExpired(terms.expiry);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(VOUCHER, poolId, provider, cumulative)));
        if (!SignatureChecker.isValidSignatureNow(terms.signer, digest, signature)) revert WrongSignature();
        uint128 amount = _min(_owed(poolId, provider, cumulative), _room(account));
        if (amount == 0) revert NoRoom(poolId);
        _spend(account, amount);
        account.redeemed += amount;
        emit Redeemed(poolId, provider, amount, _pay(poolId, provider, amount));
    }
}
