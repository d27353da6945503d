// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Claims} from "./Claims.sol";
import {Deposits} from "./Deposits.sol";
import {Pools} from "./Pools.sol";
import {Roles} from "./Roles.sol";
import {Setup} from "./Setup.sol";
import {Vouchers} from "./Vouchers.sol";

/// @title The money of the pools, and how providers are paid from it
/// @notice Nobody administers it and nothing is upgradable. The king moves deposits to providers by blocks, the
/// signers whom owners appointed by vouchers, both within the owners' caps; the guardian can throw out young
/// blocks and pause; owners get back what is not owed, whatever anyone does.
contract KingLedger is Deposits, Claims, Vouchers {
    /// @param setup What it is made with.
    constructor(Setup memory setup)
        ERC2771Context(setup.forwarder)
        EIP712("KingLedger", "1")
        Roles(setup)
        Pools(setup)
    {}
}
