// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Setup} from "./Setup.sol";

/// @title King and guardian: who they are, how they hand over, and the pause
/// @notice Neither key can replace the other against its will: whatever one proposes the other can cancel
/// for longer than an owner needs to withdraw. Both are known by the transaction's own sender only.
abstract contract Roles {
    /// @notice The two keys there are.
    enum Role {
        King,
        Guardian
    }

    /// @notice A successor that may take a role over.
    /// @param next Who it is; zero when nobody is proposed.
    /// @param acceptableAt From when it may accept.
    struct Handover {
        address next;
        uint48 acceptableAt;
    }

    uint256 private constant LOCAL_CHAIN = 31337;

    /// @notice Seconds without a king's block after which a pause can be ended by anyone.
    uint48 public immutable kingTimeout;
    /// @notice Seconds from the proposal of a successor to its acceptance.
    uint48 public immutable handoverDelay;
    /// @notice The only sender of blocks.
    address public king;
    /// @notice When the king last made a block, or took office.
    uint48 public kingSeenAt;
    /// @notice Whether deposits, blocks, claims and vouchers are stopped. Withdrawals never are.
    bool public paused;
    /// @notice Who may veto blocks and pause.
    address public guardian;

    mapping(Role => Handover) private _handovers;

    /// @notice The guardian stopped all but withdrawals.
    event Paused();
    /// @notice All goes on.
    /// @param by Who ended the pause.
    event Unpaused(address indexed by);
    /// @notice A successor was proposed.
    event HandoverProposed(Role indexed role, address indexed next, uint48 acceptableAt);
    /// @notice A successor will not come.
    event HandoverCancelled(Role indexed role, address indexed next);
    /// @notice A successor took office.
    event RoleTaken(Role indexed role, address indexed holder);

    /// @notice An address that has to be somebody is zero.
    error NoAddress();
    /// @notice King and guardian would be one key.
    error OneKeyForTwoRoles();
    /// @notice Only the king may do this.
    error NotKing(address sender);
    /// @notice Only the guardian may do this.
    error NotGuardian(address sender);
    /// @notice Only king or guardian may do this.
    error NoRole(address sender);
    /// @notice Only the proposed successor may accept.
    error NotSuccessor(address sender);
    /// @notice The handover's delay is not over.
    error HandoverNotYet(uint48 acceptableAt);
    /// @notice The ledger is paused.
    error IsPaused();
    /// @notice The ledger is not paused.
    error NotPaused();
    /// @notice A king that made no block for so long takes the right to pause with it.
    error KingVanished();

    constructor(Setup memory setup) {
        _checkKeys(setup.king, setup.guardian);
        king = setup.king;
        guardian = setup.guardian;
        kingTimeout = setup.kingTimeout;
        handoverDelay = setup.handoverDelay;
        kingSeenAt = uint48(block.timestamp);
    }

    /// @notice The guardian stops deposits, blocks, claims and vouchers, while there is a king to go on with.
    function pause() external {
        _checkGuardian();
        _checkRunning();
        if (_kingVanished()) revert KingVanished();
        paused = true;
        emit Paused();
    }

    /// @notice Ends the pause: the guardian at any time, anyone once the king has made no block for `kingTimeout`.
    function unpause() external {
        if (!paused) revert NotPaused();
        if (msg.sender != guardian && !_kingVanished()) revert NotGuardian(msg.sender);
        paused = false;
        emit Unpaused(msg.sender);
    }

    /// @notice King or guardian names a successor for either role; a former proposal is replaced.
    /// @param role Which role.
    /// @param next Who shall have it.
    function proposeHandover(Role role, address next) external {
        _checkRole();
        _checkSuccessor(role, next);
        uint48 acceptableAt = uint48(block.timestamp) + handoverDelay;
        _handovers[role] = Handover(next, acceptableAt);
        emit HandoverProposed(role, next, acceptableAt);
    }

    /// @notice King or guardian does away with a proposal, its own or the other's.
    /// @param role Which role's.
    function cancelHandover(Role role) external {
        _checkRole();
        emit HandoverCancelled(role, _handovers[role].next);
        delete _handovers[role];
    }

    /// @notice The successor takes office, after the delay.
    /// @param role Which role.
    function acceptHandover(Role role) external {
        Handover memory proposal = _handovers[role];
        if (msg.sender != proposal.next) revert NotSuccessor(msg.sender);
        if (block.timestamp < proposal.acceptableAt) revert HandoverNotYet(proposal.acceptableAt);
        _checkSuccessor(role, proposal.next);
        delete _handovers[role];
        if (role == Role.King) {
            king = proposal.next;
            kingSeenAt = uint48(block.timestamp);
        } else {
            guardian = proposal.next;
        }
        emit RoleTaken(role, proposal.next);
    }

    /// @notice The proposed successor of a role, all zero without one.
    /// @param role Which role.
    /// @return The proposal.
    function handover(Role role) external view returns (Handover memory) {
        return _handovers[role];
    }

    function _kingVanished() private view returns (bool) {
        return block.timestamp >= uint256(kingSeenAt) + kingTimeout;
    }

    function _checkKing() internal view {
        // The transaction's own sender: whatever a forwarder says, it cannot become king.
        if (msg.sender != king) revert NotKing(msg.sender);
    }

    function _checkGuardian() internal view {
        if (msg.sender != guardian) revert NotGuardian(msg.sender);
    }

    function _checkRunning() internal view {
        if (paused) revert IsPaused();
    }

    function _checkRole() private view {
        if (msg.sender != king && msg.sender != guardian) revert NoRole(msg.sender);
    }

    function _checkSuccessor(Role role, address next) private view {
        if (role == Role.King) {
            _checkKeys(next, guardian);
        } else {
            _checkKeys(king, next);
        }
    }

    function _checkKeys(address king_, address guardian_) private view {
        if (king_ == address(0) || guardian_ == address(0)) revert NoAddress();
        if (king_ == guardian_ && block.chainid != LOCAL_CHAIN) revert OneKeyForTwoRoles();
    }
}
