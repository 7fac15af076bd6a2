// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

interface IMintable {
    function mint(address to, uint256 amount) external;
}

interface IPool {
    function token0() external view returns (address);
    function token1() external view returns (address);
    function slot0() external view returns (uint160, int24, uint16, uint16, uint16, uint8, bool);
    function mint(address recipient, int24 lower, int24 upper, uint128 amount, bytes calldata data)
        external
        returns (uint256, uint256);
    function burn(int24 lower, int24 upper, uint128 amount) external returns (uint256, uint256);
    function swap(address recipient, bool zeroForOne, int256 amount, uint160 limit, bytes calldata data)
        external
        returns (int256, int256);
}

/// @notice Provides liquidity to pools of test tokens and trades with them. It pays with tokens it mints, so it needs none.
contract PoolOperator {
    function provide(IPool pool, int24 lower, int24 upper, uint128 liquidity) external {
        pool.mint(address(this), lower, upper, liquidity, "");
    }

    function withdraw(IPool pool, int24 lower, int24 upper, uint128 liquidity) external {
        pool.burn(lower, upper, liquidity);
    }

    /// @notice Sells exactly `amount` of one token for the other.
    function sell(IPool pool, bool zeroForOne, uint256 amount) external {
        pool.swap(address(this), zeroForOne, int256(amount), limitOf(zeroForOne), "");
    }

    /// @notice Trades until the pool's price is `target` (square root, 64.96 fixed point), as an arbitrageur would.
    function moveTo(IPool pool, uint160 target) external {
        (uint160 current,,,,,,) = pool.slot0();
        if (current == target) return;
        pool.swap(address(this), target < current, type(int256).max, target, "");
    }

    function uniswapV3MintCallback(uint256 amount0, uint256 amount1, bytes calldata) external {
        pay(amount0, amount1);
    }

    function uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes calldata) external {
        pay(amount0 > 0 ? uint256(amount0) : 0, amount1 > 0 ? uint256(amount1) : 0);
    }

    function pay(uint256 amount0, uint256 amount1) private {
        IPool pool = IPool(msg.sender);
        if (amount0 > 0) IMintable(pool.token0()).mint(msg.sender, amount0);
        if (amount1 > 0) IMintable(pool.token1()).mint(msg.sender, amount1);
    }

    function limitOf(bool zeroForOne) private pure returns (uint160) {
        return zeroForOne ? 4295128740 : 1461446703485210103287273052203988822378723970341;
    }
}
