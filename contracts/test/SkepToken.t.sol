// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract SkepTokenTest is LedgerTest {
    function test_mint_stopsAtTheCap() external {
        uint256 rest = token.cap() - token.totalSupply();
        token.mint(alice, rest);
        vm.expectRevert(
            abi.encodeWithSelector(ERC20Capped.ERC20ExceededCap.selector, token.cap() + 1, token.cap())
        );
        token.mint(alice, 1);
    }

    function test_mint_revertsWhen_senderIsNotTheOwner() external {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger));
        token.mint(stranger, 1);
    }

    function test_permit_setsTheAllowance() external {
        vm.prank(owner);
        token.approve(address(ledger), 0);
        (uint8 v, bytes32 r, bytes32 s) = permit(token, address(ledger), 50, block.timestamp);
        token.permit(owner, address(ledger), 50, block.timestamp, v, r, s);
        same(token.allowance(owner, address(ledger)), 50, "allowance");
    }
}
