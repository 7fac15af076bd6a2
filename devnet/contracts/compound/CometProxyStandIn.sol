// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {ERC1967Utils} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Utils.sol";

/// @notice Stands before a Comet stand-in as its proxy does before a Comet: another configuration is another implementation, and says `Upgraded`.
contract CometProxyStandIn is ERC1967Proxy {
    address private immutable _admin;

    error NotAdmin();

    constructor(address implementation, address admin, bytes memory data) ERC1967Proxy(implementation, data) {
        _admin = admin;
    }

    function upgradeTo(address implementation) external {
        if (msg.sender != _admin) revert NotAdmin();
        ERC1967Utils.upgradeToAndCall(implementation, "");
    }
}
