// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// The few cheat codes of forge that we need; a whole test library would be a dependency for nothing.
interface Vm {
    function addr(uint256 key) external returns (address);
    function assume(bool condition) external pure;
    function expectEmit(bool topic1, bool topic2, bool topic3, bool data) external;
    function expectRevert(bytes4 selector) external;
    function expectRevert(bytes calldata reason) external;
    function chainId(uint256 id) external;
    function expectRevert() external;
    function prank(address sender) external;
    function sign(uint256 key, bytes32 digest) external returns (uint8 v, bytes32 r, bytes32 s);
    function startPrank(address sender) external;
    function stopPrank() external;
    function snapshotValue(string calldata group, string calldata name, uint256 value) external;
    function warp(uint256 time) external;
}

/// What forge takes for a test contract; a test passes unless it reverts.
abstract contract Test {
    // forge-lint: disable-next-line(screaming-snake-case-const)
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    // forge looks for this name.
    // forge-lint: disable-next-line(mixed-case-variable)
    bool public IS_TEST = true;

    error NotEqual(uint256 actual, uint256 expected, string what);
    error NotTrue(string what);

    function same(uint256 actual, uint256 expected, string memory what) internal pure {
        if (actual != expected) revert NotEqual(actual, expected, what);
    }

    function same(bytes32 actual, bytes32 expected, string memory what) internal pure {
        if (actual != expected) revert NotEqual(uint256(actual), uint256(expected), what);
    }

    function same(address actual, address expected, string memory what) internal pure {
        if (actual != expected) revert NotEqual(uint160(actual), uint160(expected), what);
    }

    function truth(bool condition, string memory what) internal pure {
        if (!condition) revert NotTrue(what);
    }

    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + value % (high - low + 1);
    }
}
