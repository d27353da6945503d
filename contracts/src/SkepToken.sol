// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title The token that pools are funded in and providers earn
/// @notice 18 decimals; its owner may mint up to a cap that nobody can raise.
contract SkepToken is ERC20, ERC20Permit, ERC20Capped, Ownable {
    /// @param owner Who may mint.
    /// @param cap The most tokens there can ever be, in the smallest unit.
    constructor(address owner, uint256 cap)
        ERC20("Skep", "SKEP")
        ERC20Permit("Skep")
        ERC20Capped(cap)
        Ownable(owner)
    {}

    /// @notice Makes new tokens.
    /// @param to Who gets them.
    /// @param amount How many, in the smallest unit.
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    /// @inheritdoc ERC20Capped
    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Capped) {
        super._update(from, to, value);
    }
}
