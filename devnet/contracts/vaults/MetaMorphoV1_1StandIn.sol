// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IMorpho} from "@morpho-org/morpho-blue/src/interfaces/IMorpho.sol";
import {MetaMorphoStandIn} from "./MetaMorphoStandIn.sol";

/// @notice A stand-in for MetaMorpho 1.1: what is lost goes on being counted, so that the share price never falls and the last to leave go empty.
contract MetaMorphoV1_1StandIn is MetaMorphoStandIn {
    event UpdateLostAssets(uint256 newLostAssets);

    uint256 public lostAssets;

    constructor(IMorpho morpho, IERC20 asset_, string memory symbol_) MetaMorphoStandIn(morpho, asset_, symbol_) {}

    function _accrued() internal view override returns (uint256 feeShares, uint256 total, uint256 lost) {
        uint256 present = _lentAssets();
        lost = present < lastTotalAssets - lostAssets ? lastTotalAssets - present : lostAssets;
        total = present + lost;
        feeShares = _feeShares(total - lastTotalAssets, total);
    }

    function _accrueInterest() internal override returns (uint256 total) {
        uint256 feeShares;
        uint256 lost;
        (feeShares, total, lost) = _accrued();
        _updateLastTotalAssets(total);
        lostAssets = lost;
        emit UpdateLostAssets(lost);
        if (feeShares != 0) _mint(feeRecipient, feeShares);
        emit AccrueInterest(total, feeShares);
    }
}
