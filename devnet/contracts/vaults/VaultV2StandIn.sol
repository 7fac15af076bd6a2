// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

interface IVaultV2Adapter {
    function allocate(bytes memory data, uint256 assets, bytes4 selector, address sender)
        external
        returns (bytes32[] memory ids, int256 change);
    function deallocate(bytes memory data, uint256 assets, bytes4 selector, address sender)
        external
        returns (bytes32[] memory ids, int256 change);
    function realAssets() external view returns (uint256);
}

interface ISharesGate {
    function canReceiveShares(address account) external view returns (bool);
}

/// @notice A stand-in for Morpho's Vault V2, whose code is in no package: written from its public interface and published mechanics. It has one gate
/// (who may receive shares), no registry of adapters, no signed approvals, and timelocks that can only be zero: what the curator submits, the curator
/// may do at once.
contract VaultV2StandIn is ERC20 {
    using Math for uint256;

    struct Caps {
        uint256 allocation;
        uint128 absoluteCap;
        uint128 relativeCap;
    }

    event Constructor(address indexed owner, address indexed asset);
    event SetOwner(address indexed newOwner);
    event SetCurator(address indexed newCurator);
    event SetIsSentinel(address indexed account, bool newIsSentinel);
    event SetIsAllocator(address indexed account, bool newIsAllocator);
    event SetReceiveSharesGate(address indexed newReceiveSharesGate);
    event AddAdapter(address indexed account);
    event RemoveAdapter(address indexed account);
    event SetPerformanceFee(uint256 newPerformanceFee);
    event SetManagementFee(uint256 newManagementFee);
    event SetPerformanceFeeRecipient(address indexed newPerformanceFeeRecipient);
    event SetManagementFeeRecipient(address indexed newManagementFeeRecipient);
    event IncreaseAbsoluteCap(bytes32 indexed id, bytes idData, uint256 newAbsoluteCap);
    event DecreaseAbsoluteCap(address indexed sender, bytes32 indexed id, bytes idData, uint256 newAbsoluteCap);
    event IncreaseRelativeCap(bytes32 indexed id, bytes idData, uint256 newRelativeCap);
    event DecreaseRelativeCap(address indexed sender, bytes32 indexed id, bytes idData, uint256 newRelativeCap);
    event SetForceDeallocatePenalty(address indexed adapter, uint256 forceDeallocatePenalty);
    event SetMaxRate(uint256 newMaxRate);
    event SetLiquidityAdapterAndData(
        address indexed sender, address indexed newLiquidityAdapter, bytes indexed newLiquidityData
    );
    event Submit(bytes4 indexed selector, bytes data, uint256 executableAt);
    event Accept(bytes4 indexed selector, bytes data);
    event Allocate(address indexed sender, address indexed adapter, uint256 assets, bytes32[] ids, int256 change);
    event Deallocate(address indexed sender, address indexed adapter, uint256 assets, bytes32[] ids, int256 change);
    event ForceDeallocate(
        address indexed sender,
        address adapter,
        uint256 assets,
        address indexed onBehalf,
        bytes32[] ids,
        uint256 penaltyAssets
    );
    event AccrueInterest(
        uint256 previousTotalAssets,
        uint256 newTotalAssets,
        uint256 performanceFeeShares,
        uint256 managementFeeShares
    );
    event Deposit(address indexed sender, address indexed onBehalf, uint256 assets, uint256 shares);
    event Withdraw(
        address indexed sender, address indexed receiver, address indexed onBehalf, uint256 assets, uint256 shares
    );

    uint256 internal constant WAD = 1e18;
    uint256 internal constant MAX_PERFORMANCE_FEE = 0.5e18;
    uint256 internal constant MAX_MANAGEMENT_FEE = 0.05e18 / uint256(365 days);
    uint256 internal constant MAX_PENALTY = 0.02e18;
    uint256 internal constant MAX_MAX_RATE = 2e18 / uint256(365 days);
    /// @dev Of the transient word that holds the total of the transaction's first accrual.
    bytes32 private constant FIRST_TOTAL = keccak256("first total assets of the transaction");

    address public immutable asset;
    uint256 public immutable virtualShares;
    uint8 private immutable _decimals;

    address public owner;
    address public curator;
    address public receiveSharesGate;
    mapping(address => bool) public isSentinel;
    mapping(address => bool) public isAllocator;

    uint128 public _totalAssets;
    uint64 public lastUpdate;
    uint64 public maxRate;

    address[] public adapters;
    mapping(address => bool) public isAdapter;
    mapping(address => uint256) public forceDeallocatePenalty;
    mapping(bytes32 => Caps) private _caps;
    address public liquidityAdapter;
    bytes public liquidityData;

    uint96 public performanceFee;
    uint96 public managementFee;
    address public performanceFeeRecipient;
    address public managementFeeRecipient;

    mapping(bytes => uint256) public executableAt;

    constructor(address owner_, address asset_, string memory symbol_) ERC20(symbol_, symbol_) {
        uint8 assetDecimals = IERC20Metadata(asset_).decimals();
        uint8 offset = assetDecimals < 18 ? 18 - assetDecimals : 0;
        asset = asset_;
        owner = owner_;
        lastUpdate = uint64(block.timestamp);
        virtualShares = 10 ** offset;
        _decimals = assetDecimals + offset;
        emit Constructor(owner_, asset_);
    }

    modifier onlyOwner() {
        require(msg.sender == owner, "not the owner");
        _;
    }

    /// @dev What the curator has submitted anybody may carry out, once.
    modifier submitted() {
        require(executableAt[msg.data] != 0 && block.timestamp >= executableAt[msg.data], "not submitted");
        delete executableAt[msg.data];
        emit Accept(msg.sig, msg.data);
        _;
    }

    /// @notice Several calls of the vault in one transaction.
    function multicall(bytes[] calldata data) external {
        for (uint256 i; i < data.length; ++i) {
            (bool succeeded, bytes memory answer) = address(this).delegatecall(data[i]);
            if (succeeded) continue;
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function submit(bytes calldata data) external {
        require(msg.sender == curator, "not the curator");
        require(executableAt[data] == 0, "submitted already");
        executableAt[data] = block.timestamp;
        emit Submit(bytes4(data), data, block.timestamp);
    }

    // Of the owner

    function setOwner(address newOwner) external onlyOwner {
        owner = newOwner;
        emit SetOwner(newOwner);
    }

    function setCurator(address newCurator) external onlyOwner {
        curator = newCurator;
        emit SetCurator(newCurator);
    }

    function setIsSentinel(address account, bool newIsSentinel) external onlyOwner {
        isSentinel[account] = newIsSentinel;
        emit SetIsSentinel(account, newIsSentinel);
    }

    // Of the curator

    function setIsAllocator(address account, bool newIsAllocator) external submitted {
        isAllocator[account] = newIsAllocator;
        emit SetIsAllocator(account, newIsAllocator);
    }

    function setReceiveSharesGate(address newGate) external submitted {
        receiveSharesGate = newGate;
        emit SetReceiveSharesGate(newGate);
    }

    function addAdapter(address account) external submitted {
        if (!isAdapter[account]) {
            adapters.push(account);
            isAdapter[account] = true;
        }
        emit AddAdapter(account);
    }

    function removeAdapter(address account) external submitted {
        uint256 last = adapters.length;
        for (uint256 i; isAdapter[account] && i < last; ++i) {
            if (adapters[i] != account) continue;
            adapters[i] = adapters[last - 1];
            adapters.pop();
            isAdapter[account] = false;
        }
        emit RemoveAdapter(account);
    }

    function setPerformanceFee(uint256 newFee) external submitted {
        require(newFee <= MAX_PERFORMANCE_FEE, "above the largest fee");
        require(newFee == 0 || performanceFeeRecipient != address(0), "nobody to receive it");
        accrueInterest();
        performanceFee = uint96(newFee);
        emit SetPerformanceFee(newFee);
    }

    function setManagementFee(uint256 newFee) external submitted {
        require(newFee <= MAX_MANAGEMENT_FEE, "above the largest fee");
        require(newFee == 0 || managementFeeRecipient != address(0), "nobody to receive it");
        accrueInterest();
        managementFee = uint96(newFee);
        emit SetManagementFee(newFee);
    }

    function setPerformanceFeeRecipient(address newRecipient) external submitted {
        require(newRecipient != address(0) || performanceFee == 0, "nobody to receive the fee");
        accrueInterest();
        performanceFeeRecipient = newRecipient;
        emit SetPerformanceFeeRecipient(newRecipient);
    }

    function setManagementFeeRecipient(address newRecipient) external submitted {
        require(newRecipient != address(0) || managementFee == 0, "nobody to receive the fee");
        accrueInterest();
        managementFeeRecipient = newRecipient;
        emit SetManagementFeeRecipient(newRecipient);
    }

    function increaseAbsoluteCap(bytes memory idData, uint256 newCap) external submitted {
        bytes32 id = keccak256(idData);
        require(newCap >= _caps[id].absoluteCap && newCap <= type(uint128).max, "no increase");
        _caps[id].absoluteCap = uint128(newCap);
        emit IncreaseAbsoluteCap(id, idData, newCap);
    }

    function decreaseAbsoluteCap(bytes memory idData, uint256 newCap) external {
        require(msg.sender == curator || isSentinel[msg.sender], "not the curator, nor a sentinel");
        bytes32 id = keccak256(idData);
        require(newCap <= _caps[id].absoluteCap, "no decrease");
        _caps[id].absoluteCap = uint128(newCap);
        emit DecreaseAbsoluteCap(msg.sender, id, idData, newCap);
    }

    function increaseRelativeCap(bytes memory idData, uint256 newCap) external submitted {
        bytes32 id = keccak256(idData);
        require(newCap >= _caps[id].relativeCap && newCap <= WAD, "no increase");
        _caps[id].relativeCap = uint128(newCap);
        emit IncreaseRelativeCap(id, idData, newCap);
    }

    function decreaseRelativeCap(bytes memory idData, uint256 newCap) external {
        require(msg.sender == curator || isSentinel[msg.sender], "not the curator, nor a sentinel");
        bytes32 id = keccak256(idData);
        require(newCap <= _caps[id].relativeCap, "no decrease");
        _caps[id].relativeCap = uint128(newCap);
        emit DecreaseRelativeCap(msg.sender, id, idData, newCap);
    }

    function setForceDeallocatePenalty(address adapter, uint256 newPenalty) external submitted {
        require(newPenalty <= MAX_PENALTY, "above the largest penalty");
        forceDeallocatePenalty[adapter] = newPenalty;
        emit SetForceDeallocatePenalty(adapter, newPenalty);
    }

    // Of allocators

    function allocate(address adapter, bytes memory data, uint256 assets) external {
        require(isAllocator[msg.sender], "no allocator");
        _allocate(adapter, data, assets);
    }

    function deallocate(address adapter, bytes memory data, uint256 assets) external {
        require(isAllocator[msg.sender] || isSentinel[msg.sender], "no allocator, nor a sentinel");
        _deallocate(adapter, data, assets);
    }

    function setLiquidityAdapterAndData(address newAdapter, bytes memory newData) external {
        require(isAllocator[msg.sender], "no allocator");
        liquidityAdapter = newAdapter;
        liquidityData = newData;
        emit SetLiquidityAdapterAndData(msg.sender, newAdapter, newData);
    }

    function setMaxRate(uint256 newMaxRate) external {
        require(isAllocator[msg.sender], "no allocator");
        require(newMaxRate <= MAX_MAX_RATE, "above the largest rate");
        accrueInterest();
        maxRate = uint64(newMaxRate);
        emit SetMaxRate(newMaxRate);
    }

    // Of holders

    function deposit(uint256 assets, address onBehalf) external returns (uint256 shares) {
        accrueInterest();
        shares = previewDeposit(assets);
        _enter(assets, shares, onBehalf);
    }

    function mint(uint256 shares, address onBehalf) external returns (uint256 assets) {
        accrueInterest();
        assets = previewMint(shares);
        _enter(assets, shares, onBehalf);
    }

    function withdraw(uint256 assets, address receiver, address onBehalf) public returns (uint256 shares) {
        accrueInterest();
        shares = previewWithdraw(assets);
        _exit(assets, shares, receiver, onBehalf);
    }

    function redeem(uint256 shares, address receiver, address onBehalf) external returns (uint256 assets) {
        accrueInterest();
        assets = previewRedeem(shares);
        _exit(assets, shares, receiver, onBehalf);
    }

    /// @notice Anybody may have assets brought back from an adapter, for a penalty that stays in the vault.
    function forceDeallocate(address adapter, bytes memory data, uint256 assets, address onBehalf)
        external
        returns (uint256 penaltyShares)
    {
        bytes32[] memory ids = _deallocate(adapter, data, assets);
        uint256 penalty = assets.mulDiv(forceDeallocatePenalty[adapter], WAD, Math.Rounding.Ceil);
        penaltyShares = withdraw(penalty, address(this), onBehalf);
        emit ForceDeallocate(msg.sender, adapter, assets, onBehalf, ids, penalty);
    }

    // What is counted

    function accrueInterest() public {
        (uint256 total, uint256 performanceShares, uint256 managementShares) = accrueInterestView();
        emit AccrueInterest(_totalAssets, total, performanceShares, managementShares);
        _totalAssets = uint128(total);
        if (firstTotalAssets() == 0) {
            bytes32 word = FIRST_TOTAL;
            assembly {
                tstore(word, total)
            }
        }
        if (performanceShares != 0) _mint(performanceFeeRecipient, performanceShares);
        if (managementShares != 0) _mint(managementFeeRecipient, managementShares);
        lastUpdate = uint64(block.timestamp);
    }

    /// @return total assets, and the shares to be minted for the fee on interest and the fee for management.
    function accrueInterestView() public view returns (uint256, uint256, uint256) {
        if (firstTotalAssets() != 0) return (_totalAssets, 0, 0);
        uint256 elapsed = block.timestamp - lastUpdate;
        uint256 present = IERC20(asset).balanceOf(address(this));
        for (uint256 i; i < adapters.length; ++i) present += IVaultV2Adapter(adapters[i]).realAssets();
        uint256 most = _totalAssets + (_totalAssets * elapsed).mulDiv(maxRate, WAD);
        uint256 total = Math.min(present, most);
        uint256 interest = total > _totalAssets ? total - _totalAssets : 0;
        uint256 performanceAssets =
            canReceiveShares(performanceFeeRecipient) ? interest.mulDiv(performanceFee, WAD) : 0;
        uint256 managementAssets =
            canReceiveShares(managementFeeRecipient) ? (total * elapsed).mulDiv(managementFee, WAD) : 0;
        uint256 shares = totalSupply() + virtualShares;
        uint256 rest = total - performanceAssets - managementAssets + 1;
        return (total, performanceAssets.mulDiv(shares, rest), managementAssets.mulDiv(shares, rest));
    }

    function totalAssets() external view returns (uint256 total) {
        (total,,) = accrueInterestView();
    }

    function firstTotalAssets() public view returns (uint256 total) {
        bytes32 word = FIRST_TOTAL;
        assembly {
            total := tload(word)
        }
    }

    function previewDeposit(uint256 assets) public view returns (uint256) {
        (uint256 total, uint256 shares) = _accrued();
        return assets.mulDiv(shares, total);
    }

    function previewMint(uint256 shares) public view returns (uint256) {
        (uint256 total, uint256 all) = _accrued();
        return shares.mulDiv(total, all, Math.Rounding.Ceil);
    }

    function previewWithdraw(uint256 assets) public view returns (uint256) {
        (uint256 total, uint256 shares) = _accrued();
        return assets.mulDiv(shares, total, Math.Rounding.Ceil);
    }

    function previewRedeem(uint256 shares) public view returns (uint256) {
        (uint256 total, uint256 all) = _accrued();
        return shares.mulDiv(total, all);
    }

    function convertToShares(uint256 assets) external view returns (uint256) {
        return previewDeposit(assets);
    }

    function convertToAssets(uint256 shares) external view returns (uint256) {
        return previewRedeem(shares);
    }

    /// @dev No promise can be made that would hold, so none is.
    function maxWithdraw(address) external pure returns (uint256) {
        return 0;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function adaptersLength() external view returns (uint256) {
        return adapters.length;
    }

    function allocation(bytes32 id) external view returns (uint256) {
        return _caps[id].allocation;
    }

    function absoluteCap(bytes32 id) external view returns (uint256) {
        return _caps[id].absoluteCap;
    }

    function relativeCap(bytes32 id) external view returns (uint256) {
        return _caps[id].relativeCap;
    }

    function canReceiveShares(address account) public view returns (bool) {
        return receiveSharesGate == address(0) || ISharesGate(receiveSharesGate).canReceiveShares(account);
    }

    // Internals

    function _update(address from, address to, uint256 shares) internal override {
        if (from != address(0) && to != address(0)) require(canReceiveShares(to), "may not receive shares");
        super._update(from, to, shares);
    }

    /// @return total assets and shares, the virtual ones included.
    function _accrued() private view returns (uint256 total, uint256 shares) {
        (uint256 assets, uint256 performanceShares, uint256 managementShares) = accrueInterestView();
        total = assets + 1;
        shares = totalSupply() + performanceShares + managementShares + virtualShares;
    }

    function _enter(uint256 assets, uint256 shares, address onBehalf) private {
        require(canReceiveShares(onBehalf), "may not receive shares");
        IERC20(asset).transferFrom(msg.sender, address(this), assets);
        _mint(onBehalf, shares);
        _totalAssets += uint128(assets);
        emit Deposit(msg.sender, onBehalf, assets, shares);
        if (liquidityAdapter != address(0)) _allocate(liquidityAdapter, liquidityData, assets);
    }

    function _exit(uint256 assets, uint256 shares, address receiver, address onBehalf) private {
        uint256 idle = IERC20(asset).balanceOf(address(this));
        if (assets > idle && liquidityAdapter != address(0)) {
            _deallocate(liquidityAdapter, liquidityData, assets - idle);
        }
        if (msg.sender != onBehalf) _spendAllowance(onBehalf, msg.sender, shares);
        _burn(onBehalf, shares);
        _totalAssets -= uint128(assets);
        IERC20(asset).transfer(receiver, assets);
        emit Withdraw(msg.sender, receiver, onBehalf, assets, shares);
    }

    function _allocate(address adapter, bytes memory data, uint256 assets) private {
        require(isAdapter[adapter], "no adapter");
        accrueInterest();
        IERC20(asset).transfer(adapter, assets);
        (bytes32[] memory ids, int256 change) =
            IVaultV2Adapter(adapter).allocate(data, assets, msg.sig, msg.sender);
        for (uint256 i; i < ids.length; ++i) {
            Caps storage caps = _caps[ids[i]];
            require(caps.absoluteCap > 0, "no cap");
            caps.allocation = uint256(int256(caps.allocation) + change);
            require(caps.allocation <= caps.absoluteCap, "above the absolute cap");
            require(
                caps.relativeCap == WAD || caps.allocation <= firstTotalAssets().mulDiv(caps.relativeCap, WAD),
                "above the relative cap"
            );
        }
        emit Allocate(msg.sender, adapter, assets, ids, change);
    }

    function _deallocate(address adapter, bytes memory data, uint256 assets) private returns (bytes32[] memory ids) {
        require(isAdapter[adapter], "no adapter");
        int256 change;
        (ids, change) = IVaultV2Adapter(adapter).deallocate(data, assets, msg.sig, msg.sender);
        for (uint256 i; i < ids.length; ++i) {
            Caps storage caps = _caps[ids[i]];
            require(caps.allocation > 0, "nothing allocated");
            caps.allocation = uint256(int256(caps.allocation) + change);
        }
        IERC20(asset).transferFrom(adapter, address(this), assets);
        emit Deallocate(msg.sender, adapter, assets, ids, change);
    }
}
