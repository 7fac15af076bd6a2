import { edit, type Mutation } from './mutation'

const vaultRates = 'src/math/vaultRates.ts'
const vaultTerms = 'src/api/protocols/vaultTerms.ts'
const lentByVault = 'src/api/protocols/lentByVault.ts'
const boundedVault = 'src/math/boundedVault.ts'
const allocatedByVault = 'src/api/protocols/allocatedByVault.ts'
const metaMorpho = 'src/protocols/erc4626/handlers/metaMorpho.ts'
const vaultTotals = 'src/protocols/erc4626/handlers/totals.ts'
const requests = 'src/protocols/erc4626/handlers/requests.ts'
const rebasing = 'src/protocols/wallet/handlers/rebasing.ts'
const heldInWallets = 'src/api/protocols/wallet.ts'

/** Mistakes in what shares are worth: of vaults that keep, wrap or lend their assets, of redemptions requested first, of a token that rebases. */
export const vaultMutations: readonly Mutation[] = [
  {
    name: 'Vault donation missed',
    edits: [
      edit(
        vaultTotals,
        'addAssets(facts, args.to, address, args.value)',
        'addAssets(facts, args.to, address, 0n * args.value)',
      ),
    ],
  },
  {
    name: 'Vault converts without its virtual asset',
    edits: [
      edit(
        vaultTerms,
        '? virtualRate(totals, vault.offset) :',
        '? virtualRate({ ...totals, totalAssets: totals.totalAssets - 1n }, vault.offset) :',
      ),
    ],
  },
  {
    name: 'Vault shares burnt are missed',
    edits: [edit(vaultTotals, 'addShares(facts, address, -args.value)', 'addShares(facts, address, 0n * args.value)')],
  },
  {
    name: 'Vault without virtual shares taken for one with them',
    edits: [
      edit(
        vaultTerms,
        "const rate = vault.shape === 'standard' ? virtualRate(totals, vault.offset) : plainRate(totals)",
        "const rate = vault.shape !== 'stata' ? virtualRate(totals, vault.offset) : plainRate(totals)",
      ),
    ],
  },
  {
    name: 'Wrapped aToken worth what it was at the last accrual',
    edits: [
      edit(
        vaultTerms,
        'const rate = { assets: normalizedIncome(state, time), shares: RAY }',
        'const rate = { assets: normalizedIncome(state, time - time + BigInt(state.accruedAt)), shares: RAY }',
      ),
    ],
  },
  {
    name: 'Wrapped aToken worth one receipt',
    edits: [
      edit(
        vaultTerms,
        'const rate = { assets: normalizedIncome(state, time), shares: RAY }',
        'const rate = { assets: time > 0n ? RAY : normalizedIncome(state, time), shares: RAY }',
      ),
    ],
  },
  {
    name: 'Wrapped aToken worth what debts have grown by',
    edits: [
      edit(
        vaultTerms,
        'const rate = { assets: normalizedIncome(state, time), shares: RAY }',
        'const rate = { assets: BigInt(state.borrowIndex), shares: RAY }',
      ),
    ],
  },
  {
    name: 'Receipts in a vault do not grow',
    edits: [
      edit(
        vaultTerms,
        'const income = normalizedIncome(state, time)\n  const scaled',
        'const income = normalizedIncome(state, time - time + BigInt(state.accruedAt))\n  const scaled',
      ),
    ],
  },
  {
    name: 'MetaMorpho fee on interest forgotten',
    edits: [edit(vaultRates, 'totalSupply: totalSupply + feeShares }', 'totalSupply }')],
  },
  {
    name: 'MetaMorpho loans not accrued',
    edits: [
      edit(
        lentByVault,
        'return accruedTotals({ market, state, parameters }, time)',
        'return accruedTotals({ market, state, parameters }, time - time + BigInt(state.accruedAt))',
      ),
    ],
  },
  {
    name: 'MetaMorpho last total kept from its first interaction',
    edits: [
      edit(
        metaMorpho,
        'changeState(facts, address, { lastTotalAssets: args.updatedTotalAssets })',
        'changeVaultState(facts, { vault: address }, emptyState, (row) => ({ lastTotalAssets: row.lastTotalAssets || args.updatedTotalAssets }))',
      ),
    ],
  },
  {
    name: 'MetaMorpho queue read without its first market',
    edits: [edit(lentByVault, 'for (const name of queue)', 'for (const name of queue.slice(1))')],
  },
  {
    name: 'MetaMorpho losses taken from the share price at once',
    edits: [
      edit(
        vaultRates,
        'if (lostAssets === null) return realAssets',
        'if (lostAssets === null || lastTotalAssets >= 0n) return realAssets',
      ),
    ],
  },
  {
    name: 'Vault V2 grows as fast as what it has',
    edits: [
      edit(
        boundedVault,
        'return realAssets < most ? realAssets : most',
        'return realAssets < most ? realAssets : realAssets',
      ),
    ],
  },
  {
    name: 'Vault V2 management fee forgotten',
    edits: [edit(boundedVault, 'mulWadDown(totalAssets * elapsed, managementFee)', 'mulWadDown(0n, managementFee)')],
  },
  {
    name: 'Vault V2 losses missed until its next accrual',
    edits: [
      edit(
        boundedVault,
        'return realAssets < most ? realAssets : most',
        'return realAssets < terms.lastTotalAssets ? terms.lastTotalAssets : realAssets < most ? realAssets : most',
      ),
    ],
  },
  {
    name: 'Vault V2 shares of another vault not counted',
    edits: [
      edit(
        allocatedByVault,
        'const assets = assetsDown(shares, terms.rate)',
        'const assets = assetsDown(0n, terms.rate)',
      ),
    ],
  },
  {
    name: 'Vault V2 idle assets missed',
    edits: [edit(vaultTerms, 'const idle = BigInt(state.totalAssets)', 'const idle = 0n * BigInt(state.totalAssets)')],
  },
  {
    name: 'Redemption claims missed',
    edits: [
      edit(
        requests,
        'addRequested(facts, address, args.owner, -args.shares)',
        'addRequested(facts, address, args.owner, 0n * args.shares)',
      ),
    ],
  },
  {
    name: 'Redemption requests missed',
    edits: [
      edit(
        requests,
        'addRequested(facts, address, args.controller, args.shares)',
        'addRequested(facts, address, args.controller, 0n * args.shares)',
      ),
    ],
  },
  {
    name: 'Redemption requests given to the vault',
    edits: [
      edit(
        requests,
        'addRequested(facts, address, args.controller, args.shares)',
        'addRequested(facts, address, address, args.shares)',
      ),
    ],
  },
  {
    name: 'Rebase missed',
    edits: [
      edit(
        rebasing,
        '{ assets: args.postTotalEther, shares: args.postTotalShares }',
        '{ assets: args.preTotalEther, shares: args.postTotalShares }',
      ),
    ],
  },
  {
    name: 'Rebase counted in tokens instead of shares',
    edits: [
      edit(
        heldInWallets,
        'isShares ? pooledAmount(facts, market, BigInt(raw)) : BigInt(raw)',
        'isShares ? BigInt(raw) : BigInt(raw)',
      ),
    ],
  },
  {
    name: 'Rebase without what was staked since',
    edits: [edit(rebasing, 'assets: pool.assets + args.amount', 'assets: pool.assets + 0n * args.amount')],
  },
]
