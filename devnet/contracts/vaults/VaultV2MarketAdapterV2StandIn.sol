// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Id, IMorpho, MarketParams} from "@morpho-org/morpho-blue/src/interfaces/IMorpho.sol";
import {MarketParamsLib} from "@morpho-org/morpho-blue/src/libraries/MarketParamsLib.sol";
import {MorphoBalancesLib} from "@morpho-org/morpho-blue/src/libraries/periphery/MorphoBalancesLib.sol";
import {SharesMathLib} from "@morpho-org/morpho-blue/src/libraries/SharesMathLib.sol";
import {VaultV2StandIn} from "./VaultV2StandIn.sol";

/// @notice A stand-in for the second version of the adapter through which a Vault V2 lends in Morpho Blue, in markets of the adaptive curve only. It keeps
/// books of its own, so that shares somebody gives it do not count, and the curator may strike off what it has in a market (here without a timelock).
contract VaultV2MarketAdapterV2StandIn {
    using MarketParamsLib for MarketParams;
    using MorphoBalancesLib for IMorpho;
    using SharesMathLib for uint256;

    event Allocate(bytes32 indexed marketId, uint256 newAllocation, uint256 mintedShares);
    event Deallocate(bytes32 indexed marketId, uint256 newAllocation, uint256 burnedShares);
    event BurnShares(bytes32 indexed marketId, uint256 supplyShares);

    address public immutable parentVault;
    address public immutable asset;
    address public immutable morpho;
    address public immutable adaptiveCurveIrm;
    bytes32 public immutable adapterId;
    bytes32[] public marketIds;
    mapping(bytes32 => uint256) public supplyShares;

    constructor(VaultV2StandIn vault, IMorpho morpho_, address adaptiveCurve) {
        parentVault = address(vault);
        asset = vault.asset();
        morpho = address(morpho_);
        adaptiveCurveIrm = adaptiveCurve;
        adapterId = keccak256(abi.encode("this", address(this)));
        IERC20(asset).approve(address(morpho_), type(uint256).max);
        IERC20(asset).approve(address(vault), type(uint256).max);
    }

    function allocate(bytes memory data, uint256 assets, bytes4, address) external returns (bytes32[] memory, int256) {
        (MarketParams memory params, bytes32 id) = _checked(data);
        uint256 minted;
        if (assets > 0) {
            (, minted) = IMorpho(morpho).supply(params, assets, 0, address(this), "");
            require(minted >= assets, "a share is worth more than one");
            supplyShares[id] += minted;
        }
        (uint256 before, uint256 present) = _counted(params, id);
        emit Allocate(id, present, minted);
        return (ids(params), int256(present) - int256(before));
    }

    function deallocate(bytes memory data, uint256 assets, bytes4, address) external returns (bytes32[] memory, int256) {
        (MarketParams memory params, bytes32 id) = _checked(data);
        uint256 burnt;
        if (assets > 0) {
            (, burnt) = IMorpho(morpho).withdraw(params, assets, 0, address(this), address(this));
            supplyShares[id] -= burnt;
        }
        (uint256 before, uint256 present) = _counted(params, id);
        emit Deallocate(id, present, burnt);
        return (ids(params), int256(present) - int256(before));
    }

    function burnShares(bytes32 id) external {
        require(msg.sender == VaultV2StandIn(parentVault).curator(), "not the curator");
        emit BurnShares(id, supplyShares[id]);
        supplyShares[id] = 0;
    }

    function realAssets() external view returns (uint256 assets) {
        for (uint256 i; i < marketIds.length; ++i) assets += expectedSupplyAssets(marketIds[i]);
    }

    function marketIdsLength() external view returns (uint256) {
        return marketIds.length;
    }

    function expectedSupplyAssets(bytes32 id) public view returns (uint256) {
        MarketParams memory params = IMorpho(morpho).idToMarketParams(Id.wrap(id));
        (uint256 assets, uint256 shares,,) = IMorpho(morpho).expectedMarketBalances(params);
        return supplyShares[id].toAssetsDown(assets, shares);
    }

    function allocation(MarketParams memory params) public view returns (uint256) {
        return VaultV2StandIn(parentVault).allocation(ids(params)[2]);
    }

    function ids(MarketParams memory params) public view returns (bytes32[] memory all) {
        all = new bytes32[](3);
        all[0] = adapterId;
        all[1] = keccak256(abi.encode("collateralToken", params.collateralToken));
        all[2] = keccak256(abi.encode("this/marketParams", address(this), params));
    }

    function _checked(bytes memory data) private view returns (MarketParams memory params, bytes32 id) {
        require(msg.sender == parentVault, "not the vault");
        params = abi.decode(data, (MarketParams));
        require(params.loanToken == asset, "another loan token");
        require(params.irm == adaptiveCurveIrm, "another rate model");
        id = Id.unwrap(params.id());
    }

    function _counted(MarketParams memory params, bytes32 id) private returns (uint256 before, uint256 present) {
        before = allocation(params);
        present = expectedSupplyAssets(id);
        if (before == 0 && present > 0) marketIds.push(id);
        if (before > 0 && present == 0) _drop(id);
    }

    function _drop(bytes32 id) private {
        uint256 last = marketIds.length - 1;
        for (uint256 i; i <= last; ++i) {
            if (marketIds[i] != id) continue;
            marketIds[i] = marketIds[last];
            marketIds.pop();
            return;
        }
    }
}
