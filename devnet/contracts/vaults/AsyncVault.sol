// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @notice A vault with ERC-7540's asynchronous redemption: shares are handed in with a request, and paid once anybody has fulfilled it.
contract AsyncVault is ERC4626 {
    event RedeemRequest(
        address indexed controller, address indexed owner, uint256 indexed requestId, address sender, uint256 shares
    );

    mapping(address controller => uint256) private _pending;
    mapping(address controller => uint256) private _claimable;

    constructor(IERC20 asset_, string memory symbol_) ERC20(symbol_, symbol_) ERC4626(asset_) {}

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x620ee8e4;
    }

    function requestRedeem(uint256 shares, address controller, address owner) external returns (uint256) {
        require(owner == msg.sender, "not the owner");
        _transfer(owner, address(this), shares);
        _pending[controller] += shares;
        emit RedeemRequest(controller, owner, 0, msg.sender, shares);
        return 0;
    }

    function pendingRedeemRequest(uint256, address controller) external view returns (uint256) {
        return _pending[controller];
    }

    function claimableRedeemRequest(uint256, address controller) external view returns (uint256) {
        return _claimable[controller];
    }

    function fulfil(address controller) external {
        _claimable[controller] += _pending[controller];
        _pending[controller] = 0;
    }

    function maxRedeem(address controller) public view override returns (uint256) {
        return _claimable[controller];
    }

    function redeem(uint256 shares, address receiver, address controller) public override returns (uint256 assets) {
        require(controller == msg.sender, "not the controller");
        assets = convertToAssets(shares);
        _claimable[controller] -= shares;
        _burn(address(this), shares);
        IERC20(asset()).transfer(receiver, assets);
        emit Withdraw(msg.sender, receiver, controller, assets, shares);
    }

    function withdraw(uint256, address, address) public pure override returns (uint256) {
        revert("redeem what is claimable");
    }
}
