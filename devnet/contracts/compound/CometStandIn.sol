// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {CometAssetsStandIn} from "./CometAssetsStandIn.sol";

interface IPriceFeed {
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// @notice A stand-in for Compound v3's Comet, whose code is in no package: written from its public interface and the published mechanics, for local
/// chains. It pays no rewards, has no signatures, and keeps its extension's views in the same contract.
contract CometStandIn {
    using SafeERC20 for IERC20Metadata;

    struct Configuration {
        address governor;
        address pauseGuardian;
        address baseToken;
        address baseTokenPriceFeed;
        uint256 supplyKink;
        uint256 supplyPerYearSlopeLow;
        uint256 supplyPerYearSlopeHigh;
        uint256 supplyPerYearBase;
        uint256 borrowKink;
        uint256 borrowPerYearSlopeLow;
        uint256 borrowPerYearSlopeHigh;
        uint256 borrowPerYearBase;
        uint256 storeFrontPriceFactor;
        uint256 baseBorrowMin;
        uint256 targetReserves;
        CometAssetsStandIn.AssetInfo[] assets;
    }

    struct TotalsBasic {
        uint64 baseSupplyIndex;
        uint64 baseBorrowIndex;
        uint64 trackingSupplyIndex;
        uint64 trackingBorrowIndex;
        uint104 totalSupplyBase;
        uint104 totalBorrowBase;
        uint40 lastAccrualTime;
        uint8 pauseFlags;
    }

    struct TotalsCollateral {
        uint128 totalSupplyAsset;
        uint128 _reserved;
    }

    struct UserBasic {
        int104 principal;
        uint64 baseTrackingIndex;
        uint64 baseTrackingAccrued;
        uint16 assetsIn;
        uint8 _reserved;
    }

    struct UserCollateral {
        uint128 balance;
        uint128 _reserved;
    }

    event Supply(address indexed from, address indexed dst, uint256 amount);
    event Transfer(address indexed from, address indexed to, uint256 amount);
    event Withdraw(address indexed src, address indexed to, uint256 amount);
    event SupplyCollateral(address indexed from, address indexed dst, address indexed asset, uint256 amount);
    event TransferCollateral(address indexed from, address indexed to, address indexed asset, uint256 amount);
    event WithdrawCollateral(address indexed src, address indexed to, address indexed asset, uint256 amount);
    event AbsorbDebt(address indexed absorber, address indexed borrower, uint256 basePaidOut, uint256 usdValue);
    event AbsorbCollateral(
        address indexed absorber,
        address indexed borrower,
        address indexed asset,
        uint256 collateralAbsorbed,
        uint256 usdValue
    );
    event BuyCollateral(address indexed buyer, address indexed asset, uint256 baseAmount, uint256 collateralAmount);
    event PauseAction(bool supplyPaused, bool transferPaused, bool withdrawPaused, bool absorbPaused, bool buyPaused);
    event WithdrawReserves(address indexed to, uint256 amount);
    event Approval(address indexed owner, address indexed spender, uint256 amount);

    error AlreadyInitialized();
    error BadAmount();
    error BadPrice();
    error BorrowTooSmall();
    error InsufficientReserves();
    error NoSelfTransfer();
    error NotCollateralized();
    error NotForSale();
    error NotLiquidatable();
    error Paused();
    error SupplyCapExceeded();
    error TooMuchSlippage();
    error Unauthorized();

    uint64 private constant INDEX_SCALE = 1e15;
    uint256 private constant FACTOR_SCALE = 1e18;
    uint256 private constant YEAR = 31_536_000;

    uint8 private constant SUPPLY = 0;
    uint8 private constant TRANSFER = 1;
    uint8 private constant WITHDRAW = 2;
    uint8 private constant ABSORB = 3;
    uint8 private constant BUY = 4;

    address public immutable governor;
    address public immutable pauseGuardian;
    address public immutable baseToken;
    address public immutable baseTokenPriceFeed;
    uint256 public immutable supplyKink;
    uint256 public immutable supplyPerSecondInterestRateSlopeLow;
    uint256 public immutable supplyPerSecondInterestRateSlopeHigh;
    uint256 public immutable supplyPerSecondInterestRateBase;
    uint256 public immutable borrowKink;
    uint256 public immutable borrowPerSecondInterestRateSlopeLow;
    uint256 public immutable borrowPerSecondInterestRateSlopeHigh;
    uint256 public immutable borrowPerSecondInterestRateBase;
    uint256 public immutable storeFrontPriceFactor;
    uint256 public immutable baseScale;
    uint256 public immutable baseBorrowMin;
    uint256 public immutable targetReserves;
    uint8 public immutable decimals;
    CometAssetsStandIn private immutable _assets;

    TotalsBasic private _totals;
    mapping(address => TotalsCollateral) public totalsCollateral;
    mapping(address => mapping(address => bool)) public isAllowed;
    mapping(address => UserBasic) public userBasic;
    mapping(address => mapping(address => UserCollateral)) public userCollateral;

    constructor(Configuration memory config) {
        governor = config.governor;
        pauseGuardian = config.pauseGuardian;
        baseToken = config.baseToken;
        baseTokenPriceFeed = config.baseTokenPriceFeed;
        supplyKink = config.supplyKink;
        supplyPerSecondInterestRateSlopeLow = config.supplyPerYearSlopeLow / YEAR;
        supplyPerSecondInterestRateSlopeHigh = config.supplyPerYearSlopeHigh / YEAR;
        supplyPerSecondInterestRateBase = config.supplyPerYearBase / YEAR;
        borrowKink = config.borrowKink;
        borrowPerSecondInterestRateSlopeLow = config.borrowPerYearSlopeLow / YEAR;
        borrowPerSecondInterestRateSlopeHigh = config.borrowPerYearSlopeHigh / YEAR;
        borrowPerSecondInterestRateBase = config.borrowPerYearBase / YEAR;
        storeFrontPriceFactor = config.storeFrontPriceFactor;
        baseBorrowMin = config.baseBorrowMin;
        targetReserves = config.targetReserves;
        decimals = IERC20Metadata(config.baseToken).decimals();
        baseScale = 10 ** IERC20Metadata(config.baseToken).decimals();
        _assets = new CometAssetsStandIn(config.assets);
    }

    function initializeStorage() external {
        if (_totals.lastAccrualTime != 0) revert AlreadyInitialized();
        _totals.lastAccrualTime = uint40(block.timestamp);
        _totals.baseSupplyIndex = INDEX_SCALE;
        _totals.baseBorrowIndex = INDEX_SCALE;
    }

    // What it is made of

    function baseIndexScale() external pure returns (uint64) {
        return INDEX_SCALE;
    }

    function factorScale() external pure returns (uint64) {
        return uint64(FACTOR_SCALE);
    }

    function priceScale() external pure returns (uint64) {
        return 1e8;
    }

    function numAssets() public view returns (uint8) {
        return _assets.count();
    }

    function getAssetInfo(uint8 i) public view returns (CometAssetsStandIn.AssetInfo memory) {
        return _assets.info(i);
    }

    function getAssetInfoByAddress(address asset) public view returns (CometAssetsStandIn.AssetInfo memory) {
        return _assets.infoOf(asset);
    }

    // Interest

    function totalsBasic() external view returns (TotalsBasic memory) {
        return _totals;
    }

    function getUtilization() public view returns (uint256) {
        uint256 supplied = _present(_totals.baseSupplyIndex, _totals.totalSupplyBase);
        uint256 owed = _present(_totals.baseBorrowIndex, _totals.totalBorrowBase);
        return supplied == 0 ? 0 : owed * FACTOR_SCALE / supplied;
    }

    function getSupplyRate(uint256 utilization) public view returns (uint64) {
        uint256 low = utilization < supplyKink ? utilization : supplyKink;
        uint256 rate = supplyPerSecondInterestRateBase + _mulFactor(supplyPerSecondInterestRateSlopeLow, low);
        return uint64(rate + _mulFactor(supplyPerSecondInterestRateSlopeHigh, utilization - low));
    }

    function getBorrowRate(uint256 utilization) public view returns (uint64) {
        uint256 low = utilization < borrowKink ? utilization : borrowKink;
        uint256 rate = borrowPerSecondInterestRateBase + _mulFactor(borrowPerSecondInterestRateSlopeLow, low);
        return uint64(rate + _mulFactor(borrowPerSecondInterestRateSlopeHigh, utilization - low));
    }

    function accrueAccount(address) external {
        _accrue();
    }

    function _accruedIndices() private view returns (uint64 supplyIndex, uint64 borrowIndex) {
        supplyIndex = _totals.baseSupplyIndex;
        borrowIndex = _totals.baseBorrowIndex;
        uint256 elapsed = block.timestamp - _totals.lastAccrualTime;
        if (elapsed == 0) return (supplyIndex, borrowIndex);
        uint256 utilization = getUtilization();
        supplyIndex += uint64(_mulFactor(supplyIndex, getSupplyRate(utilization) * elapsed));
        borrowIndex += uint64(_mulFactor(borrowIndex, getBorrowRate(utilization) * elapsed));
    }

    function _accrue() private {
        (_totals.baseSupplyIndex, _totals.baseBorrowIndex) = _accruedIndices();
        _totals.lastAccrualTime = uint40(block.timestamp);
    }

    // Balances

    function totalSupply() external view returns (uint256) {
        (uint64 index,) = _accruedIndices();
        return _present(index, _totals.totalSupplyBase);
    }

    function totalBorrow() external view returns (uint256) {
        (, uint64 index) = _accruedIndices();
        return _present(index, _totals.totalBorrowBase);
    }

    function balanceOf(address account) public view returns (uint256) {
        (uint64 index,) = _accruedIndices();
        int104 principal = userBasic[account].principal;
        return principal > 0 ? _present(index, uint104(principal)) : 0;
    }

    function borrowBalanceOf(address account) public view returns (uint256) {
        (, uint64 index) = _accruedIndices();
        int104 principal = userBasic[account].principal;
        return principal < 0 ? _present(index, uint104(-principal)) : 0;
    }

    function collateralBalanceOf(address account, address asset) external view returns (uint128) {
        return userCollateral[account][asset].balance;
    }

    function getReserves() public view returns (int256) {
        (uint64 supplyIndex, uint64 borrowIndex) = _accruedIndices();
        uint256 held = IERC20Metadata(baseToken).balanceOf(address(this));
        uint256 owed = _present(borrowIndex, _totals.totalBorrowBase);
        return int256(held) - int256(_present(supplyIndex, _totals.totalSupplyBase)) + int256(owed);
    }

    function getCollateralReserves(address asset) public view returns (uint256) {
        return IERC20Metadata(asset).balanceOf(address(this)) - totalsCollateral[asset].totalSupplyAsset;
    }

    // Health, at the indexes as stored

    function getPrice(address priceFeed) public view returns (uint256) {
        (, int256 price,,,) = IPriceFeed(priceFeed).latestRoundData();
        if (price <= 0) revert BadPrice();
        return uint256(price);
    }

    function isBorrowCollateralized(address account) public view returns (bool) {
        return userBasic[account].principal >= 0 || _liquidity(account, false) >= 0;
    }

    function isLiquidatable(address account) public view returns (bool) {
        return userBasic[account].principal < 0 && _liquidity(account, true) < 0;
    }

    /// @dev What the pledges back beyond the debt, in the feeds' currency.
    function _liquidity(address account, bool forLiquidation) private view returns (int256 liquidity) {
        int256 owed = -_presentSigned(userBasic[account].principal);
        liquidity = -int256(uint256(owed) * getPrice(baseTokenPriceFeed) / baseScale);
        uint16 assetsIn = userBasic[account].assetsIn;
        for (uint8 i; i < numAssets(); ++i) {
            if (assetsIn & (uint16(1) << i) == 0) continue;
            if (liquidity >= 0) return liquidity;
            CometAssetsStandIn.AssetInfo memory info = getAssetInfo(i);
            uint256 factor = forLiquidation ? info.liquidateCollateralFactor : info.borrowCollateralFactor;
            if (factor == 0) continue;
            uint256 value = userCollateral[account][info.asset].balance * getPrice(info.priceFeed) / info.scale;
            liquidity += int256(_mulFactor(value, factor));
        }
    }

    // Permissions and pauses

    function allow(address manager, bool isAllowed_) external {
        _allow(manager, isAllowed_);
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        if (amount != 0 && amount != type(uint256).max) revert BadAmount();
        _allow(spender, amount != 0);
        return true;
    }

    function hasPermission(address owner, address manager) public view returns (bool) {
        return owner == manager || isAllowed[owner][manager];
    }

    function pause(bool supply_, bool transfer_, bool withdraw_, bool absorb_, bool buy_) external {
        if (msg.sender != governor && msg.sender != pauseGuardian) revert Unauthorized();
        _totals.pauseFlags = _bit(supply_, SUPPLY) | _bit(transfer_, TRANSFER) | _bit(withdraw_, WITHDRAW)
            | _bit(absorb_, ABSORB) | _bit(buy_, BUY);
        emit PauseAction(supply_, transfer_, withdraw_, absorb_, buy_);
    }

    function isWithdrawPaused() external view returns (bool) {
        return _totals.pauseFlags & (uint8(1) << WITHDRAW) != 0;
    }

    function _allow(address manager, bool isAllowed_) private {
        isAllowed[msg.sender][manager] = isAllowed_;
        emit Approval(msg.sender, manager, isAllowed_ ? type(uint256).max : 0);
    }

    function _bit(bool on, uint8 offset) private pure returns (uint8) {
        return on ? uint8(1) << offset : 0;
    }

    function _admit(uint8 action, address owner) private view {
        if (_totals.pauseFlags & (uint8(1) << action) != 0) revert Paused();
        if (!hasPermission(owner, msg.sender)) revert Unauthorized();
    }

    // Supplying

    function supply(address asset, uint256 amount) external {
        _supply(msg.sender, msg.sender, asset, amount);
    }

    function supplyTo(address dst, address asset, uint256 amount) external {
        _supply(msg.sender, dst, asset, amount);
    }

    function supplyFrom(address from, address dst, address asset, uint256 amount) external {
        _supply(from, dst, asset, amount);
    }

    function _supply(address from, address dst, address asset, uint256 amount) private {
        _admit(SUPPLY, from);
        if (asset == baseToken) _supplyBase(from, dst, amount == type(uint256).max ? borrowBalanceOf(dst) : amount);
        else _supplyCollateral(from, dst, asset, amount);
    }

    function _supplyBase(address from, address dst, uint256 asked) private {
        uint256 amount = _takeIn(baseToken, from, asked);
        _accrue();
        (uint104 supplied,) = _setBalance(dst, _presentSigned(userBasic[dst].principal) + int256(amount));
        emit Supply(from, dst, amount);
        if (supplied > 0) emit Transfer(address(0), dst, _present(_totals.baseSupplyIndex, supplied));
    }

    function _supplyCollateral(address from, address dst, address asset, uint256 asked) private {
        CometAssetsStandIn.AssetInfo memory info = getAssetInfoByAddress(asset);
        uint128 amount = uint128(_takeIn(asset, from, asked));
        totalsCollateral[asset].totalSupplyAsset += amount;
        if (totalsCollateral[asset].totalSupplyAsset > info.supplyCap) revert SupplyCapExceeded();
        _setCollateral(dst, info, userCollateral[dst][asset].balance + amount);
        emit SupplyCollateral(from, dst, asset, amount);
    }

    // Transferring

    function transfer(address dst, uint256 amount) external returns (bool) {
        _transfer(msg.sender, dst, baseToken, amount);
        return true;
    }

    function transferFrom(address src, address dst, uint256 amount) external returns (bool) {
        _transfer(src, dst, baseToken, amount);
        return true;
    }

    function transferAsset(address dst, address asset, uint256 amount) external {
        _transfer(msg.sender, dst, asset, amount);
    }

    function transferAssetFrom(address src, address dst, address asset, uint256 amount) external {
        _transfer(src, dst, asset, amount);
    }

    function _transfer(address src, address dst, address asset, uint256 amount) private {
        _admit(TRANSFER, src);
        if (src == dst) revert NoSelfTransfer();
        if (asset == baseToken) _transferBase(src, dst, amount == type(uint256).max ? balanceOf(src) : amount);
        else _transferCollateral(src, dst, asset, amount);
    }

    /// @dev Names nobody whose debt it moves: events only tell of what was supplied.
    function _transferBase(address src, address dst, uint256 amount) private {
        _accrue();
        int256 left = _presentSigned(userBasic[src].principal) - int256(amount);
        int256 grown = _presentSigned(userBasic[dst].principal) + int256(amount);
        (, uint104 withdrawn) = _setBalance(src, left);
        (uint104 supplied,) = _setBalance(dst, grown);
        _checkBorrow(src, left);
        if (withdrawn > 0) emit Transfer(src, address(0), _present(_totals.baseSupplyIndex, withdrawn));
        if (supplied > 0) emit Transfer(address(0), dst, _present(_totals.baseSupplyIndex, supplied));
    }

    function _transferCollateral(address src, address dst, address asset, uint256 amount) private {
        CometAssetsStandIn.AssetInfo memory info = getAssetInfoByAddress(asset);
        _setCollateral(src, info, userCollateral[src][asset].balance - uint128(amount));
        _setCollateral(dst, info, userCollateral[dst][asset].balance + uint128(amount));
        if (!isBorrowCollateralized(src)) revert NotCollateralized();
        emit TransferCollateral(src, dst, asset, amount);
    }

    // Withdrawing

    function withdraw(address asset, uint256 amount) external {
        _withdraw(msg.sender, msg.sender, asset, amount);
    }

    function withdrawTo(address to, address asset, uint256 amount) external {
        _withdraw(msg.sender, to, asset, amount);
    }

    function withdrawFrom(address src, address to, address asset, uint256 amount) external {
        _withdraw(src, to, asset, amount);
    }

    function _withdraw(address src, address to, address asset, uint256 amount) private {
        _admit(WITHDRAW, src);
        if (asset == baseToken) _withdrawBase(src, to, amount == type(uint256).max ? balanceOf(src) : amount);
        else _withdrawCollateral(src, to, asset, amount);
    }

    function _withdrawBase(address src, address to, uint256 amount) private {
        _accrue();
        int256 left = _presentSigned(userBasic[src].principal) - int256(amount);
        (, uint104 withdrawn) = _setBalance(src, left);
        _checkBorrow(src, left);
        IERC20Metadata(baseToken).safeTransfer(to, amount);
        emit Withdraw(src, to, amount);
        if (withdrawn > 0) emit Transfer(src, address(0), _present(_totals.baseSupplyIndex, withdrawn));
    }

    function _withdrawCollateral(address src, address to, address asset, uint256 amount) private {
        totalsCollateral[asset].totalSupplyAsset -= uint128(amount);
        _setCollateral(src, getAssetInfoByAddress(asset), userCollateral[src][asset].balance - uint128(amount));
        if (!isBorrowCollateralized(src)) revert NotCollateralized();
        IERC20Metadata(asset).safeTransfer(to, amount);
        emit WithdrawCollateral(src, to, asset, amount);
    }

    function _checkBorrow(address account, int256 balance) private view {
        if (balance >= 0) return;
        if (uint256(-balance) < baseBorrowMin) revert BorrowTooSmall();
        if (!isBorrowCollateralized(account)) revert NotCollateralized();
    }

    // Absorbing

    function absorb(address absorber, address[] calldata accounts) external {
        if (_totals.pauseFlags & (uint8(1) << ABSORB) != 0) revert Paused();
        _accrue();
        for (uint256 i; i < accounts.length; ++i) _absorb(absorber, accounts[i]);
    }

    /// @dev Everything pledged goes at its liquidation factor; what that leaves beyond the debt stays with the account as base.
    function _absorb(address absorber, address account) private {
        if (!isLiquidatable(account)) revert NotLiquidatable();
        uint256 basePrice = getPrice(baseTokenPriceFeed);
        int256 before = _presentSigned(userBasic[account].principal);
        int256 balance = before + int256(_seize(absorber, account) * baseScale / basePrice);
        if (balance < 0) balance = 0;
        (uint104 supplied,) = _setBalance(account, balance);
        uint256 paid = uint256(balance - before);
        emit AbsorbDebt(absorber, account, paid, paid * basePrice / baseScale);
        if (supplied > 0) emit Transfer(address(0), account, _present(_totals.baseSupplyIndex, supplied));
    }

    /// @dev What has a liquidation factor of zero stays with the account, and yet no bit of it: it does not count for it again before it was all gone.
    function _seize(address absorber, address account) private returns (uint256 proceeds) {
        uint16 assetsIn = userBasic[account].assetsIn;
        userBasic[account].assetsIn = 0;
        for (uint8 i; i < numAssets(); ++i) {
            if (assetsIn & (uint16(1) << i) == 0) continue;
            CometAssetsStandIn.AssetInfo memory info = getAssetInfo(i);
            if (info.liquidationFactor == 0) continue;
            uint128 seized = userCollateral[account][info.asset].balance;
            _setCollateral(account, info, 0);
            totalsCollateral[info.asset].totalSupplyAsset -= seized;
            uint256 value = seized * getPrice(info.priceFeed) / info.scale;
            proceeds += _mulFactor(value, info.liquidationFactor);
            emit AbsorbCollateral(absorber, account, info.asset, seized, value);
        }
    }

    function quoteCollateral(address asset, uint256 baseAmount) public view returns (uint256) {
        CometAssetsStandIn.AssetInfo memory info = getAssetInfoByAddress(asset);
        uint256 discount = _mulFactor(storeFrontPriceFactor, FACTOR_SCALE - info.liquidationFactor);
        uint256 price = _mulFactor(getPrice(info.priceFeed), FACTOR_SCALE - discount);
        return getPrice(baseTokenPriceFeed) * baseAmount * info.scale / price / baseScale;
    }

    function buyCollateral(address asset, uint256 minAmount, uint256 baseAmount, address recipient) external {
        if (_totals.pauseFlags & (uint8(1) << BUY) != 0) revert Paused();
        int256 reserves = getReserves();
        if (reserves >= 0 && uint256(reserves) >= targetReserves) revert NotForSale();
        uint256 paid = _takeIn(baseToken, msg.sender, baseAmount);
        uint256 bought = quoteCollateral(asset, paid);
        if (bought < minAmount) revert TooMuchSlippage();
        if (bought > getCollateralReserves(asset)) revert InsufficientReserves();
        IERC20Metadata(asset).safeTransfer(recipient, bought);
        emit BuyCollateral(msg.sender, asset, paid, bought);
    }

    function withdrawReserves(address to, uint256 amount) external {
        if (msg.sender != governor) revert Unauthorized();
        int256 reserves = getReserves();
        if (reserves < 0 || amount > uint256(reserves)) revert InsufficientReserves();
        IERC20Metadata(baseToken).safeTransfer(to, amount);
        emit WithdrawReserves(to, amount);
    }

    // Books

    /// @return supplied principal added to what is supplied. @return withdrawn principal taken from it.
    function _setBalance(address account, int256 balance) private returns (uint104 supplied, uint104 withdrawn) {
        int104 before = userBasic[account].principal;
        int104 principal = _principal(balance);
        userBasic[account].principal = principal;
        (uint104 suppliedBefore, uint104 owedBefore) = _sides(before);
        (uint104 suppliedAfter, uint104 owedAfter) = _sides(principal);
        if (suppliedAfter > suppliedBefore) supplied = suppliedAfter - suppliedBefore;
        if (suppliedAfter < suppliedBefore) withdrawn = suppliedBefore - suppliedAfter;
        _totals.totalSupplyBase = _totals.totalSupplyBase + supplied - withdrawn;
        _totals.totalBorrowBase = _totals.totalBorrowBase + owedAfter - owedBefore;
    }

    function _setCollateral(address account, CometAssetsStandIn.AssetInfo memory info, uint128 balance) private {
        uint128 before = userCollateral[account][info.asset].balance;
        userCollateral[account][info.asset].balance = balance;
        uint16 bit = uint16(1) << info.offset;
        if (before == 0 && balance != 0) userBasic[account].assetsIn |= bit;
        if (before != 0 && balance == 0) userBasic[account].assetsIn &= ~bit;
    }

    function _takeIn(address token, address from, uint256 amount) private returns (uint256) {
        uint256 before = IERC20Metadata(token).balanceOf(address(this));
        IERC20Metadata(token).safeTransferFrom(from, address(this), amount);
        return IERC20Metadata(token).balanceOf(address(this)) - before;
    }

    function _sides(int104 principal) private pure returns (uint104 supplied, uint104 owed) {
        return principal < 0 ? (uint104(0), uint104(-principal)) : (uint104(principal), uint104(0));
    }

    function _present(uint64 index, uint104 principal) private pure returns (uint256) {
        return uint256(principal) * index / INDEX_SCALE;
    }

    function _presentSigned(int104 principal) private view returns (int256) {
        return principal < 0
            ? -int256(_present(_totals.baseBorrowIndex, uint104(-principal)))
            : int256(_present(_totals.baseSupplyIndex, uint104(principal)));
    }

    /// @dev What is supplied is rounded down, what is owed up.
    function _principal(int256 balance) private view returns (int104) {
        if (balance >= 0) return int104(int256(uint256(balance) * INDEX_SCALE / _totals.baseSupplyIndex));
        uint64 index = _totals.baseBorrowIndex;
        return -int104(int256((uint256(-balance) * INDEX_SCALE + index - 1) / index));
    }

    function _mulFactor(uint256 amount, uint256 factor) private pure returns (uint256) {
        return amount * factor / FACTOR_SCALE;
    }
}
