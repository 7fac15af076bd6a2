// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {TestToken} from "../TestToken.sol";

/// @notice A token whose symbol is as long and as strange as its author likes.
contract HostileToken is TestToken {
    string private _text;
    uint256 private immutable _repetitions;

    constructor(string memory text, uint256 repetitions, uint8 decimals_) TestToken("Hostile", "", decimals_) {
        _text = text;
        _repetitions = repetitions;
    }

    function symbol() public view override returns (string memory) {
        bytes memory piece = bytes(_text);
        bytes memory whole = new bytes(piece.length * _repetitions);
        for (uint256 i; i < whole.length; ++i) whole[i] = piece[i % piece.length];
        return string(whole);
    }
}
