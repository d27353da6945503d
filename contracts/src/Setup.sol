// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice What a ledger is made with; all but the two keys is fixed for ever.
/// @param token The token of deposits and payments, a plain ERC-20.
/// @param forwarder Whose word on the sender is trusted, except for king and guardian.
/// @param king Who makes blocks.
/// @param guardian Who may veto them and pause; another key than the king's.
/// @param challengePeriod Seconds before a block's root can be claimed on, and in which it can be vetoed.
/// @param withdrawDelay Seconds from an owner's request to the withdrawal; longer than a pause and a challenge.
/// @param kingTimeout Seconds without a block after which a pause can be ended by anyone.
/// @param handoverDelay Seconds before a successor may accept a role; longer than the withdrawal takes.
/// @param epochLength Seconds of an epoch, for each of which a pool's cap counts anew.
/// @param claimWindow Seconds from a pool's closing until what nobody claimed goes back; twice the withdrawal's.
struct Setup {
    address token;
    address forwarder;
    address king;
    address guardian;
    uint48 challengePeriod;
    uint48 withdrawDelay;
    uint48 kingTimeout;
    uint48 handoverDelay;
    uint48 epochLength;
    uint48 claimWindow;
}
