// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {Blocks} from "../src/Blocks.sol";
import {LedgerTest} from "./LedgerTest.sol";

/// Gasless calls: the user signs, a stranger pays the gas.
contract SkepForwarderTest is LedgerTest {
    function test_execute_actsAsTheSigner() external {
        ERC2771Forwarder.ForwardRequestData memory request = forwarded(abi.encodeCall(ledger.open, (SALT, terms(1))));
        truth(forwarder.verify(request), "verify");
        vm.prank(stranger);
        forwarder.execute(request);
        same(ledger.pool(keccak256(abi.encode(owner, SALT))).owner, owner, "owner");
    }

    function test_execute_revertsWhen_replayedOrChanged() external {
        ERC2771Forwarder.ForwardRequestData memory request = forwarded(abi.encodeCall(ledger.open, (SALT, terms(1))));
        request.gas = request.gas + 1;
        truth(!forwarder.verify(request), "a changed request verifies");
        request.gas = request.gas - 1;
        forwarder.execute(request);
        truth(!forwarder.verify(request), "a used request verifies");
        (bool again,) = address(forwarder).call(abi.encodeCall(forwarder.execute, (request)));
        truth(!again, "a used request executes");
    }

    function test_execute_cannotBecomeKing() external {
        // Even a king that signs a request is refused: blocks come from its own transactions only.
        king = owner;
        bytes memory call = abi.encodeCall(
            ledger.finalizeBlock,
            (1, bytes32(0), SALT, SALT, new Blocks.Debit[](0), noLeaves())
        );
        ERC2771Forwarder.ForwardRequestData memory request = forwarded(call);
        (bool done,) = address(forwarder).call(abi.encodeCall(forwarder.execute, (request)));
        truth(!done, "the forwarder finalized a block");
        vm.prank(address(forwarder));
        (done,) = address(ledger).call(abi.encodePacked(call, ledger.king()));
        truth(!done, "the king's address after the calldata was believed");
        same(ledger.head(), 0, "head");
    }

    function forwarded(bytes memory data) private returns (ERC2771Forwarder.ForwardRequestData memory request) {
        bytes32 typeHash = keccak256(
            "ForwardRequest(address from,address to,uint256 value,uint256 gas,uint256 nonce,uint48 deadline,bytes data)"
        );
        request.from = owner;
        request.to = address(ledger);
        request.gas = 300_000;
        request.deadline = uint48(block.timestamp + 60);
        request.data = data;
        bytes32 content = keccak256(
            abi.encode(
                typeHash,
                owner,
                address(ledger),
                uint256(0),
                uint256(300_000),
                forwarder.nonces(owner),
                request.deadline,
                keccak256(data)
            )
        );
        request.signature = signed(OWNER_KEY, digest("SkepForwarder", address(forwarder), content));
    }
}
