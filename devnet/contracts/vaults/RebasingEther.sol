// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// @notice A stand-in for a staked ether that rebases, whose code is in no package: balances are shares of all ether pooled, as Lido's stETH keeps
/// them, with its views and events. Anybody may submit and report.
contract RebasingEther {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event TransferShares(address indexed from, address indexed to, uint256 sharesValue);
    event SharesBurnt(
        address indexed account, uint256 preRebaseTokenAmount, uint256 postRebaseTokenAmount, uint256 sharesAmount
    );
    event Submitted(address indexed sender, uint256 amount, address referral);
    event TokenRebased(
        uint256 indexed reportTimestamp,
        uint256 timeElapsed,
        uint256 preTotalShares,
        uint256 preTotalEther,
        uint256 postTotalShares,
        uint256 postTotalEther,
        uint256 sharesMintedAsFees
    );

    string public constant name = "Rebasing ether";
    string public constant symbol = "rETHb";
    uint8 public constant decimals = 18;

    address public immutable feeRecipient = msg.sender;
    mapping(address account => uint256) public sharesOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;
    uint256 public getTotalShares;
    uint256 public getTotalPooledEther;

    function totalSupply() external view returns (uint256) {
        return getTotalPooledEther;
    }

    function balanceOf(address account) external view returns (uint256) {
        return getPooledEthByShares(sharesOf[account]);
    }

    function getPooledEthByShares(uint256 shares) public view returns (uint256) {
        return getTotalShares == 0 ? 0 : shares * getTotalPooledEther / getTotalShares;
    }

    function getSharesByPooledEth(uint256 amount) public view returns (uint256) {
        return getTotalPooledEther == 0 ? amount : amount * getTotalShares / getTotalPooledEther;
    }

    /// @notice Takes the caller's word for what it sent, as the other test tokens do.
    function submit(uint256 amount) external {
        uint256 shares = getSharesByPooledEth(amount);
        emit Submitted(msg.sender, amount, address(0));
        getTotalPooledEther += amount;
        getTotalShares += shares;
        sharesOf[msg.sender] += shares;
        _emitTransfer(address(0), msg.sender, shares);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _transferShares(msg.sender, to, getSharesByPooledEth(amount));
        return true;
    }

    function transferShares(address to, uint256 shares) external returns (uint256) {
        _transferShares(msg.sender, to, shares);
        return getPooledEthByShares(shares);
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        emit Approval(msg.sender, spender, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        allowance[from][msg.sender] -= amount;
        _transferShares(from, to, getSharesByPooledEth(amount));
        return true;
    }

    /// @notice What the oracle reports: rewards, of which a tenth becomes fee shares, or a loss.
    function report(int256 change) external {
        uint256 sharesBefore = getTotalShares;
        uint256 etherBefore = getTotalPooledEther;
        getTotalPooledEther = uint256(int256(etherBefore) + change);
        uint256 feeShares;
        if (change > 0 && sharesBefore > 0) {
            uint256 reward = uint256(change) / 10;
            feeShares = reward * sharesBefore / (getTotalPooledEther - reward);
            getTotalShares += feeShares;
            sharesOf[feeRecipient] += feeShares;
            _emitTransfer(address(0), feeRecipient, feeShares);
        }
        emit TokenRebased(
            block.timestamp, 1 days, sharesBefore, etherBefore, getTotalShares, getTotalPooledEther, feeShares
        );
    }

    function burnShares(uint256 shares) external {
        uint256 amount = getPooledEthByShares(shares);
        sharesOf[msg.sender] -= shares;
        getTotalShares -= shares;
        emit SharesBurnt(msg.sender, amount, getPooledEthByShares(shares), shares);
    }

    function _transferShares(address from, address to, uint256 shares) private {
        sharesOf[from] -= shares;
        sharesOf[to] += shares;
        _emitTransfer(from, to, shares);
    }

    function _emitTransfer(address from, address to, uint256 shares) private {
        emit Transfer(from, to, getPooledEthByShares(shares));
        emit TransferShares(from, to, shares);
    }
}
