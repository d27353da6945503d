// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";

/// @title Carries calls that users sign and a relay pays the gas for
/// @notice OpenZeppelin's forwarder under our own EIP-712 name; it has no owner and holds nothing.
contract SkepForwarder is ERC2771Forwarder("SkepForwarder") {}
