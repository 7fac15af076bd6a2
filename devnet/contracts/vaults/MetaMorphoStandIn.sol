// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Id, IMorpho, Market, MarketParams} from "@morpho-org/morpho-blue/src/interfaces/IMorpho.sol";
import {MarketParamsLib} from "@morpho-org/morpho-blue/src/libraries/MarketParamsLib.sol";
import {MorphoBalancesLib} from "@morpho-org/morpho-blue/src/libraries/periphery/MorphoBalancesLib.sol";
import {SharesMathLib} from "@morpho-org/morpho-blue/src/libraries/SharesMathLib.sol";

/// @notice A stand-in for MetaMorpho 1.0, whose code is in no package: written from its public interface and published mechanics, without timelocks
/// and with one owner for every role. A loss lowers the share price at once.
contract MetaMorphoStandIn is ERC4626 {
    using Math for uint256;
    using MarketParamsLib for MarketParams;
    using MorphoBalancesLib for IMorpho;
    using SharesMathLib for uint256;

    struct MarketConfig {
        uint184 cap;
        bool enabled;
        uint64 removableAt;
    }

    struct MarketAllocation {
        MarketParams marketParams;
        uint256 assets;
    }

    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event SetFee(address indexed caller, uint256 newFee);
    event SetFeeRecipient(address indexed newFeeRecipient);
    event SetGuardian(address indexed caller, address indexed guardian);
    event SetCurator(address indexed newCurator);
    event SetCap(address indexed caller, Id indexed id, uint256 cap);
    event SetSupplyQueue(address indexed caller, Id[] newSupplyQueue);
    event SetWithdrawQueue(address indexed caller, Id[] newWithdrawQueue);
    event UpdateLastTotalAssets(uint256 updatedTotalAssets);
    event ReallocateSupply(address indexed caller, Id indexed id, uint256 suppliedAssets, uint256 suppliedShares);
    event ReallocateWithdraw(address indexed caller, Id indexed id, uint256 withdrawnAssets, uint256 withdrawnShares);
    event AccrueInterest(uint256 newTotalAssets, uint256 feeShares);

    uint256 internal constant WAD = 1e18;

    IMorpho public immutable MORPHO;
    address public immutable owner;
    address public curator;
    address public guardian;
    address public feeRecipient;
    uint96 public fee;
    uint256 public lastTotalAssets;
    Id[] public supplyQueue;
    Id[] public withdrawQueue;
    mapping(Id => MarketConfig) public config;

    modifier onlyOwner() {
        require(msg.sender == owner, "not the owner");
        _;
    }

    constructor(IMorpho morpho, IERC20 asset_, string memory symbol_) ERC20(symbol_, symbol_) ERC4626(asset_) {
        MORPHO = morpho;
        owner = msg.sender;
        asset_.approve(address(morpho), type(uint256).max);
        emit OwnershipTransferred(address(0), msg.sender);
    }

    function supplyQueueLength() external view returns (uint256) {
        return supplyQueue.length;
    }

    function withdrawQueueLength() external view returns (uint256) {
        return withdrawQueue.length;
    }

    // Roles and terms

    function setCurator(address newCurator) external onlyOwner {
        curator = newCurator;
        emit SetCurator(newCurator);
    }

    function submitGuardian(address newGuardian) external onlyOwner {
        guardian = newGuardian;
        emit SetGuardian(msg.sender, newGuardian);
    }

    function setFee(uint256 newFee) external onlyOwner {
        require(newFee <= WAD / 2, "above the largest fee");
        _updateLastTotalAssets(_accrueInterest());
        fee = uint96(newFee);
        emit SetFee(msg.sender, newFee);
    }

    function setFeeRecipient(address newFeeRecipient) external onlyOwner {
        _updateLastTotalAssets(_accrueInterest());
        feeRecipient = newFeeRecipient;
        emit SetFeeRecipient(newFeeRecipient);
    }

    function submitCap(MarketParams memory params, uint256 newCap) external onlyOwner {
        Id id = params.id();
        require(params.loanToken == asset(), "another loan token");
        MarketConfig storage market = config[id];
        if (newCap > 0 && !market.enabled) {
            withdrawQueue.push(id);
            market.enabled = true;
            // What was there already pays no fee.
            _updateLastTotalAssets(lastTotalAssets + MORPHO.expectedSupplyAssets(params, address(this)));
            emit SetWithdrawQueue(msg.sender, withdrawQueue);
        }
        market.cap = uint184(newCap);
        emit SetCap(msg.sender, id, newCap);
    }

    function setSupplyQueue(Id[] calldata newQueue) external onlyOwner {
        for (uint256 i; i < newQueue.length; ++i) require(config[newQueue[i]].cap > 0, "no cap");
        supplyQueue = newQueue;
        emit SetSupplyQueue(msg.sender, newQueue);
    }

    function updateWithdrawQueue(uint256[] calldata indexes) external onlyOwner {
        Id[] memory before = withdrawQueue;
        bool[] memory kept = new bool[](before.length);
        Id[] memory next = new Id[](indexes.length);
        for (uint256 i; i < indexes.length; ++i) {
            require(!kept[indexes[i]], "twice");
            kept[indexes[i]] = true;
            next[i] = before[indexes[i]];
        }
        for (uint256 i; i < before.length; ++i) {
            if (kept[i]) continue;
            require(config[before[i]].cap == 0, "still has a cap");
            require(MORPHO.position(before[i], address(this)).supplyShares == 0, "still lends there");
            delete config[before[i]];
        }
        withdrawQueue = next;
        emit SetWithdrawQueue(msg.sender, next);
    }

    /// @notice Moves loans between markets; what is withdrawn must be supplied again. `type(uint256).max` supplies all that is left.
    function reallocate(MarketAllocation[] calldata allocations) external onlyOwner {
        uint256 withdrawn;
        uint256 supplied;
        for (uint256 i; i < allocations.length; ++i) {
            MarketParams memory params = allocations[i].marketParams;
            Id id = params.id();
            require(config[id].enabled, "market not enabled");
            MORPHO.accrueInterest(params);
            (uint256 current, uint256 shares) = _lent(id);
            uint256 target = allocations[i].assets;
            if (target < current) {
                (uint256 assets, uint256 burnt) = target == 0
                    ? MORPHO.withdraw(params, 0, shares, address(this), address(this))
                    : MORPHO.withdraw(params, current - target, 0, address(this), address(this));
                withdrawn += assets;
                emit ReallocateWithdraw(msg.sender, id, assets, burnt);
            } else {
                uint256 more = target == type(uint256).max ? withdrawn - supplied : target - current;
                if (more == 0) continue;
                require(current + more <= config[id].cap, "above the cap");
                (, uint256 minted) = MORPHO.supply(params, more, 0, address(this), "");
                supplied += more;
                emit ReallocateSupply(msg.sender, id, more, minted);
            }
        }
        require(withdrawn == supplied, "not all supplied again");
    }

    // ERC-4626

    function totalAssets() public view override returns (uint256 assets) {
        (, assets,) = _accrued();
    }

    function deposit(uint256 assets, address receiver) public override returns (uint256 shares) {
        uint256 total = _accrueInterest();
        shares = _sharesWithTotals(assets, totalSupply(), total, Math.Rounding.Floor);
        _deposit(msg.sender, receiver, assets, shares);
    }

    function mint(uint256 shares, address receiver) public override returns (uint256 assets) {
        uint256 total = _accrueInterest();
        assets = _assetsWithTotals(shares, totalSupply(), total, Math.Rounding.Ceil);
        _deposit(msg.sender, receiver, assets, shares);
    }

    function withdraw(uint256 assets, address receiver, address account) public override returns (uint256 shares) {
        uint256 total = _accrueInterest();
        shares = _sharesWithTotals(assets, totalSupply(), total, Math.Rounding.Ceil);
        _take(total, assets);
        _withdraw(msg.sender, receiver, account, assets, shares);
    }

    function redeem(uint256 shares, address receiver, address account) public override returns (uint256 assets) {
        uint256 total = _accrueInterest();
        assets = _assetsWithTotals(shares, totalSupply(), total, Math.Rounding.Floor);
        _take(total, assets);
        _withdraw(msg.sender, receiver, account, assets, shares);
    }

    /// @notice The largest amount the markets of the queue can pay, at most what the account's shares are worth.
    function maxWithdraw(address account) public view override returns (uint256) {
        uint256 assets = convertToAssets(balanceOf(account));
        uint256 payable_;
        for (uint256 i; i < withdrawQueue.length; ++i) {
            MarketParams memory params = MORPHO.idToMarketParams(withdrawQueue[i]);
            (uint256 supply,, uint256 borrow,) = MORPHO.expectedMarketBalances(params);
            payable_ += Math.min(MORPHO.expectedSupplyAssets(params, address(this)), supply - borrow);
        }
        return Math.min(assets, payable_);
    }

    function _decimalsOffset() internal view override returns (uint8) {
        uint8 decimals_ = IERC20Metadata(asset()).decimals();
        return decimals_ < 18 ? 18 - decimals_ : 0;
    }

    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        (uint256 feeShares, uint256 total,) = _accrued();
        return _assetsWithTotals(shares, totalSupply() + feeShares, total, rounding);
    }

    function _convertToShares(uint256 assets, Math.Rounding rounding) internal view override returns (uint256) {
        (uint256 feeShares, uint256 total,) = _accrued();
        return _sharesWithTotals(assets, totalSupply() + feeShares, total, rounding);
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        super._deposit(caller, receiver, assets, shares);
        _supply(assets);
        _updateLastTotalAssets(lastTotalAssets + assets);
    }

    // What the versions do differently

    /// @return feeShares to be minted, total assets, and what of them was lost and is still counted.
    function _accrued() internal view virtual returns (uint256 feeShares, uint256 total, uint256 lost) {
        total = _lentAssets();
        uint256 interest = total > lastTotalAssets ? total - lastTotalAssets : 0;
        feeShares = _feeShares(interest, total);
    }

    function _accrueInterest() internal virtual returns (uint256 total) {
        uint256 feeShares;
        (feeShares, total,) = _accrued();
        lastTotalAssets = total;
        if (feeShares != 0) _mint(feeRecipient, feeShares);
        emit AccrueInterest(total, feeShares);
    }

    // Internals

    function _updateLastTotalAssets(uint256 total) internal {
        lastTotalAssets = total;
        emit UpdateLastTotalAssets(total);
    }

    function _lentAssets() internal view returns (uint256 assets) {
        for (uint256 i; i < withdrawQueue.length; ++i) {
            assets += MORPHO.expectedSupplyAssets(MORPHO.idToMarketParams(withdrawQueue[i]), address(this));
        }
    }

    function _feeShares(uint256 interest, uint256 total) internal view returns (uint256) {
        if (interest == 0 || fee == 0) return 0;
        uint256 feeAssets = interest.mulDiv(fee, WAD);
        return _sharesWithTotals(feeAssets, totalSupply(), total - feeAssets, Math.Rounding.Floor);
    }

    function _sharesWithTotals(uint256 assets, uint256 supply, uint256 total, Math.Rounding rounding)
        internal
        view
        returns (uint256)
    {
        return assets.mulDiv(supply + 10 ** _decimalsOffset(), total + 1, rounding);
    }

    function _assetsWithTotals(uint256 shares, uint256 supply, uint256 total, Math.Rounding rounding)
        internal
        view
        returns (uint256)
    {
        return shares.mulDiv(total + 1, supply + 10 ** _decimalsOffset(), rounding);
    }

    /// @dev What is lent in a market that has just been accrued.
    function _lent(Id id) private view returns (uint256 assets, uint256 shares) {
        Market memory market = MORPHO.market(id);
        shares = MORPHO.position(id, address(this)).supplyShares;
        assets = shares.toAssetsDown(market.totalSupplyAssets, market.totalSupplyShares);
    }

    function _supply(uint256 assets) private {
        for (uint256 i; i < supplyQueue.length && assets > 0; ++i) {
            MarketParams memory params = MORPHO.idToMarketParams(supplyQueue[i]);
            MORPHO.accrueInterest(params);
            (uint256 current,) = _lent(supplyQueue[i]);
            uint256 cap = config[supplyQueue[i]].cap;
            uint256 part = Math.min(cap > current ? cap - current : 0, assets);
            if (part == 0) continue;
            try MORPHO.supply(params, part, 0, address(this), "") {
                assets -= part;
            } catch {}
        }
        require(assets == 0, "all caps reached");
    }

    function _take(uint256 total, uint256 assets) private {
        _updateLastTotalAssets(total > assets ? total - assets : 0);
        for (uint256 i; i < withdrawQueue.length && assets > 0; ++i) {
            MarketParams memory params = MORPHO.idToMarketParams(withdrawQueue[i]);
            MORPHO.accrueInterest(params);
            (uint256 current,) = _lent(withdrawQueue[i]);
            Market memory market = MORPHO.market(withdrawQueue[i]);
            uint256 free = market.totalSupplyAssets - market.totalBorrowAssets;
            uint256 part = Math.min(Math.min(current, free), assets);
            if (part == 0) continue;
            try MORPHO.withdraw(params, part, 0, address(this), address(this)) {
                assets -= part;
            } catch {}
        }
        require(assets == 0, "not enough liquidity");
    }
}
