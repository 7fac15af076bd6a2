// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.27;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {VaultV2StandIn} from "./VaultV2StandIn.sol";

/// @notice A stand-in for the adapter through which a Vault V2 holds shares of one MetaMorpho vault, worth what they redeem for.
contract VaultV2VaultAdapterStandIn {
    address public immutable parentVault;
    address public immutable morphoVaultV1;
    bytes32 public immutable adapterId;

    constructor(VaultV2StandIn vault, IERC4626 inner) {
        parentVault = address(vault);
        morphoVaultV1 = address(inner);
        adapterId = keccak256(abi.encode("this", address(this)));
        require(vault.asset() == inner.asset(), "another asset");
        IERC20(vault.asset()).approve(address(vault), type(uint256).max);
        IERC20(vault.asset()).approve(address(inner), type(uint256).max);
    }

    function allocate(bytes memory data, uint256 assets, bytes4, address) external returns (bytes32[] memory, int256) {
        _check(data);
        if (assets > 0) IERC4626(morphoVaultV1).deposit(assets, address(this));
        return (ids(), int256(realAssets()) - int256(allocation()));
    }

    function deallocate(bytes memory data, uint256 assets, bytes4, address) external returns (bytes32[] memory, int256) {
        _check(data);
        if (assets > 0) IERC4626(morphoVaultV1).withdraw(assets, address(this), address(this));
        return (ids(), int256(realAssets()) - int256(allocation()));
    }

    function realAssets() public view returns (uint256) {
        return IERC4626(morphoVaultV1).previewRedeem(IERC4626(morphoVaultV1).balanceOf(address(this)));
    }

    function allocation() public view returns (uint256) {
        return VaultV2StandIn(parentVault).allocation(adapterId);
    }

    function ids() public view returns (bytes32[] memory all) {
        all = new bytes32[](1);
        all[0] = adapterId;
    }

    function _check(bytes memory data) private view {
        require(msg.sender == parentVault, "not the vault");
        require(data.length == 0, "data where none is expected");
    }
}
