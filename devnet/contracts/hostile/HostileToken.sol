// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {TestToken} from "../TestToken.sol";

/// @notice A token whose symbol is as long and as strange as its author likes.
contract HostileToken is TestToken {
    string private _text;
    uint256 private immutable _doublings;

    constructor(string memory text, uint256 doublings, uint8 decimals_) TestToken("Hostile", "", decimals_) {
        _text = text;
        _doublings = doublings;
    }

    function symbol() public view override returns (string memory) {
        bytes memory whole = bytes(_text);
        for (uint256 i; i < _doublings; ++i) whole = bytes.concat(whole, whole);
        return string(whole);
    }
}
