// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// @notice A price source that answers whatever its mode says: 0 an answer of now, 1 reverts, 2 burns all gas. It has no aggregator, so it is read.
contract HostileFeed {
    int256 public answer;
    uint256 public mode;
    uint256 public updatedAt;

    constructor(int256 answer_) {
        answer = answer_;
        updatedAt = block.timestamp;
    }

    function set(int256 answer_, uint256 mode_) external {
        answer = answer_;
        mode = mode_;
        updatedAt = block.timestamp;
    }

    function decimals() external pure returns (uint8) {
        return 8;
    }

    function description() external pure returns (string memory) {
        return "HOSTILE / USD";
    }

    function latestAnswer() public view returns (int256) {
        if (mode == 1) revert("no");
        if (mode == 2) assembly { invalid() }
        return answer;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, latestAnswer(), updatedAt, updatedAt, 1);
    }
}
