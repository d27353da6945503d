// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Pools} from "./Pools.sol";

/// @title What owners do: open, appoint, fund, withdraw, close
/// @notice Withdrawing is delayed and never paused; whatever makes a pool safer for its owner and less so
/// for providers takes as long as a withdrawal.
abstract contract Deposits is Pools {
    using SafeERC20 for IERC20;

    /// @notice An ERC-2612 permit of the sender for this contract.
    /// @param amount Its value, and what is deposited.
    /// @param deadline Until when it is good.
    /// @param v The signature's recovery byte.
    /// @param r The signature's first half.
    /// @param s The signature's second half.
    struct Permit {
        uint128 amount;
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    bytes32 private constant APPOINTMENT = keccak256(
        "Appointment(bytes32 poolId,address signer,uint48 expiry,uint128 epochCap,uint256 nonce,uint256 deadline)"
    );

    /// @notice A pool was opened.
    event PoolOpened(bytes32 indexed poolId, address indexed owner, bytes32 salt);
    /// @notice An owner appointed a signer and a cap, good from `from` on.
    event Appointed(bytes32 indexed poolId, address indexed signer, uint48 expiry, uint128 epochCap, uint48 from);
    /// @notice Tokens were paid in.
    event Deposited(bytes32 indexed poolId, address indexed payer, uint128 amount);
    /// @notice An owner, or the king in its place, asked for money back to the owner.
    event WithdrawRequested(bytes32 indexed poolId, uint128 amount, uint48 withdrawAt);
    /// @notice An owner got money back.
    event Withdrawn(bytes32 indexed poolId, address indexed owner, uint128 amount);
    /// @notice An owner closed a pool: blocks and vouchers may take from it until `settleUntil`, claims until
    /// `reclaimAt`.
    event PoolClosed(bytes32 indexed poolId, uint48 settleUntil, uint48 reclaimAt);

    /// @notice Nothing would be moved.
    error NoAmount();
    /// @notice This owner has used this salt.
    error PoolExists(bytes32 poolId);
    /// @notice The pool is closed.
    error IsClosed(bytes32 poolId);
    /// @notice It is too early, or was never asked for when `from` is 0.
    error NotYet(uint48 from);
    /// @notice The signed appointment's deadline is over.
    error AppointmentExpired(uint256 deadline);
    /// @notice The signature is not the owner's, or of other terms.
    error NotSignedByOwner(bytes32 poolId);

    /// @notice Opens a pool of the sender.
    /// @param salt The sender's own name for it.
    /// @param terms Whom it appoints.
    /// @return poolId `keccak256(abi.encode(owner, salt))`, so that nobody can take another's id.
    function open(bytes32 salt, Terms calldata terms) public returns (bytes32 poolId) {
        address owner = _msgSender();
        poolId = keccak256(abi.encode(owner, salt));
        Pool storage account = _pools[poolId];
        if (account.owner != address(0)) revert PoolExists(poolId);
        account.owner = owner;
        emit PoolOpened(poolId, owner, salt);
        _appoint(poolId, account, terms);
    }

    /// @notice Appoints anew. A higher cap or a longer time comes at once; another signer, a lower cap or a shorter
    /// time after the withdraw delay, so that work done meanwhile can be settled.
    /// @param poolId A pool of the sender.
    /// @param terms Whom it appoints.
    function appoint(bytes32 poolId, Terms calldata terms) public {
        _appoint(poolId, _owned(poolId), terms);
    }

    /// @notice As `appoint`, sent by anyone with the owner's signature, which may be a contract's (ERC-1271).
    /// @param poolId Which pool.
    /// @param terms Whom its owner appoints.
    /// @param deadline Until when the signature is good.
    /// @param signature Of an `Appointment` with the pool's number of appointments as nonce.
    function appointFor(bytes32 poolId, Terms calldata terms, uint256 deadline, bytes calldata signature) external {
        Pool storage account = _existing(poolId);
        if (block.timestamp > deadline) revert AppointmentExpired(deadline);
        bytes32 content = keccak256(
            abi.encode(
                APPOINTMENT, poolId, terms.signer, terms.expiry, terms.epochCap, account.appointments, deadline
            )
        );
        if (!SignatureChecker.isValidSignatureNow(account.owner, _hashTypedDataV4(content), signature)) {
            revert NotSignedByOwner(poolId);
        }
        _appoint(poolId, account, terms);
    }

    /// @notice Pays approved tokens of the sender into a pool, whoever owns it.
    /// @param poolId Which pool.
    /// @param amount How much; not zero.
    function deposit(bytes32 poolId, uint128 amount) public {
        _checkRunning();
        if (amount == 0) revert NoAmount();
        Pool storage account = _existing(poolId);
        if (account.closedAt != 0) revert IsClosed(poolId);
        account.deposited += amount;
        emit Deposited(poolId, _msgSender(), amount);
        IERC20(token).safeTransferFrom(_msgSender(), address(this), amount);
    }

    /// @notice Opens a pool, appoints and pays in, by one call and a permit.
    /// @param salt The sender's own name for the pool.
    /// @param terms Whom it appoints.
    /// @param permit The sender's permit.
    /// @return poolId The new pool.
    function openWithPermit(bytes32 salt, Terms calldata terms, Permit calldata permit)
        external
        returns (bytes32 poolId)
    {
        poolId = open(salt, terms);
        depositWithPermit(poolId, permit);
    }

    /// @notice Pays into a pool of the sender and appoints anew, by one call and a permit.
    /// @param poolId A pool of the sender.
    /// @param terms Whom it appoints.
    /// @param permit The sender's permit.
    function fundWithPermit(bytes32 poolId, Terms calldata terms, Permit calldata permit) external {
        appoint(poolId, terms);
        depositWithPermit(poolId, permit);
    }

    /// @notice Pays into a pool, whoever owns it, by a permit.
    /// @param poolId Which pool.
    /// @param permit The sender's permit.
    function depositWithPermit(bytes32 poolId, Permit calldata permit) public {
        // Somebody may have sent the permit before us; then the allowance is there and the call would revert.
        try IERC20Permit(token).permit(
            _msgSender(), address(this), permit.amount, permit.deadline, permit.v, permit.r, permit.s
        ) {} catch {}
        deposit(poolId, permit.amount);
    }

    /// @notice Asks for money back to the owner; the owner's second request replaces the first and starts the delay
    /// anew. The king may ask where nobody has yet: for a pool whose work is done.
    /// @param poolId A pool of the sender, or any for the king.
    /// @param amount How much at most; work done meanwhile is paid first.
    function requestWithdraw(bytes32 poolId, uint128 amount) external {
        if (amount == 0) revert NoAmount();
        Pool storage account = _existing(poolId);
        _checkAsker(poolId, account);
        _requestWithdraw(poolId, account, amount);
    }

    /// @notice Gives the owner what was asked for, or what is left of it, after the delay; anybody may send it.
    /// @param poolId Which pool.
    function withdraw(bytes32 poolId) external {
        Pool storage account = _existing(poolId);
        if (account.withdrawAt == 0 || block.timestamp < account.withdrawAt) revert NotYet(account.withdrawAt);
        uint128 amount = _min(account.withdrawAmount, _free(account));
        account.withdrawAmount = 0;
        account.withdrawAt = 0;
        _giveBack(poolId, account, amount);
    }

    /// @notice Closes a pool for good and asks for all of it: no more deposits; what blocks have not taken can be
    /// withdrawn after the withdraw delay, and what nobody has claimed reclaimed after the claim window.
    /// @param poolId A pool of the sender.
    function closePool(bytes32 poolId) external {
        Pool storage account = _owned(poolId);
        if (account.closedAt != 0) revert IsClosed(poolId);
        account.closedAt = uint48(block.timestamp);
        emit PoolClosed(poolId, account.closedAt + withdrawDelay, account.closedAt + claimWindow);
        _requestWithdraw(poolId, account, account.deposited);
    }

    /// @notice Takes everything that nobody has claimed out of a closed pool, after the claim window.
    /// @param poolId A pool of the sender.
    function reclaim(bytes32 poolId) external {
        Pool storage account = _owned(poolId);
        if (account.closedAt == 0) revert NotYet(0);
        if (block.timestamp < account.closedAt + claimWindow) revert NotYet(account.closedAt + claimWindow);
        account.debited = account.claimed - account.redeemed;
        uint128 amount = _free(account);
        if (amount == 0) revert NoAmount();
        _giveBack(poolId, account, amount);
    }

    /// @dev The king may send home what a finished pool has left, but never hold up what its owner asked for; as in
    /// `_checkKing` a forwarder's word makes no king.
    function _checkAsker(bytes32 poolId, Pool storage account) private view {
        if (account.owner == _msgSender()) return;
        if (msg.sender != king) revert NotOwner(poolId);
        if (account.withdrawAt != 0) revert NotOwner(poolId);
    }

    function _giveBack(bytes32 poolId, Pool storage account, uint128 amount) private {
        account.withdrawn += amount;
        emit Withdrawn(poolId, account.owner, amount);
        IERC20(token).safeTransfer(account.owner, amount);
    }

    function _requestWithdraw(bytes32 poolId, Pool storage account, uint128 amount) private {
        account.withdrawAmount = amount;
        account.withdrawAt = uint48(block.timestamp) + withdrawDelay;
        emit WithdrawRequested(poolId, amount, account.withdrawAt);
    }

    function _appoint(bytes32 poolId, Pool storage account, Terms calldata terms) private {
        Terms memory old = _terms(account);
        account.appointments++;
        account.terms = old;
        bool sameSigner = terms.signer == old.signer || old.expiry <= block.timestamp;
        uint48 from = uint48(block.timestamp);
        if (sameSigner && terms.expiry >= old.expiry && terms.epochCap >= old.epochCap) {
            account.terms = terms;
            account.termsAt = 0;
        } else {
            from += withdrawDelay;
            account.next = terms;
            account.termsAt = from;
        }
        emit Appointed(poolId, terms.signer, terms.expiry, terms.epochCap, from);
    }
}
