import { type Address, maxUint128, maxUint256, parseUnits, zeroAddress } from 'viem'
import { contractCall } from '../../../devnet/chain/contractCall'
import { readContract } from '../../../devnet/chain/readContract'
import type { Call, Contract } from '../../../devnet/chain/types'
import { idDataOf, submitted, type VaultV2Call } from '../../../devnet/deploy/vaultV2Calls'
import { initialWalk, moveEther } from '../../../devnet/market/prices'
import { actOnMorpho } from '../../../devnet/operations/actOnMorpho'
import { approve } from '../../../devnet/operations/approve'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { submitPrices } from '../../../devnet/operations/submitPrices'
import { supply } from '../../../devnet/operations/supply'
import { vaultV2Places } from '../../../devnet/operations/vaultV2Places'
import { seededRandom } from '../../../devnet/random'
import type { DevnetChain } from '../../../devnet/types'

export interface VaultWalk {
  /** Successful steps by kind. */
  readonly counts: ReadonlyMap<string, number>
  /** Makes one block of a few random actions and returns its number. */
  step(): Promise<bigint>
}

const wad = 10n ** 18n

/** A seeded walk of what holders, donors and curators do to vaults of every kind; calls that make no sense revert and do not count. */
export function walkVaults(chain: DevnetChain, owner: Address, accounts: readonly Address[], seed: number): VaultWalk {
  const { tokens, vaults, feeds } = chain.contracts
  const aave = chain.contracts.aave!
  const morpho = chain.contracts.morpho!
  const more = chain.contracts.moreVaults!
  const usdc = tokens.USDC
  const receipt = aave.reserves.USDC.aToken
  const lenders = [more.exact.metaMorpho, more.exact.metaMorphoV1_1]
  const takers = [vaults.usdcVault!, ...Object.values(more.exact), more.ownRate, more.async]
  const queued = [morpho.markets.wethUsdc, morpho.markets.wbtcUsdc, morpho.markets.idleUsdc]
  const { vaultV2 } = more.exact
  const places = vaultV2Places(more, morpho)
  const random = seededRandom(seed, 'vault walk')
  const counts = new Map<string, number>()
  let walk = initialWalk
  let steps = 0

  const dollars = (low: number, high: number) => parseUnits(random.logBetween(low, high).toFixed(6), 6)
  const balance = (token: Contract, account: Address) => readContract<bigint>(chain, token, 'balanceOf', [account])
  const part = (amount: bigint) => (random.next() < 0.25 ? amount : (amount * BigInt(random.integer(1, 900))) / 1000n)
  const fund = (account: Address, amount: bigint, spender: Address) => [
    mintTokens(usdc, account, amount),
    approve(usdc, account, spender),
  ]

  async function propose(kind: string): Promise<readonly Call[]> {
    const account = random.pick(accounts)
    const other = random.pick(accounts)
    const lender = random.pick(lenders)
    const market = random.pick(queued)
    switch (kind) {
      case 'deposit': {
        const vault = random.pick(steps < 4 ? takers : [...takers, ...lenders])
        const amount = dollars(100, 300_000)
        return [...fund(account, amount, vault.address), contractCall(account, vault, 'deposit', [amount, other])]
      }
      case 'redeem': {
        const vault = random.pick(takers)
        const shares = part(await balance(vault, account))
        return shares === 0n ? [] : [contractCall(account, vault, 'redeem', [shares, account, account])]
      }
      case 'withdraw':
        return [contractCall(account, lender, 'withdraw', [dollars(1, 10_000), account, account])]
      case 'transfer': {
        const vault = random.pick([...takers, more.nested, more.receipts])
        const shares = part(await balance(vault, account))
        return shares === 0n ? [] : [contractCall(account, vault, 'transfer', [other, shares])]
      }
      case 'donate': {
        const vault = random.pick(takers)
        const amount = dollars(0.00001, 5_000)
        return [mintTokens(usdc, account, amount), contractCall(account, usdc, 'transfer', [vault.address, amount])]
      }
      case 'nest': {
        const inner = more.exact.metaMorphoV1_1
        const shares = part(await balance(inner, account))
        if (shares === 0n) return []
        return [
          approve(inner, account, more.nested.address),
          contractCall(account, more.nested, 'deposit', [shares, other]),
        ]
      }
      case 'wrapReceipts': {
        const amount = dollars(100, 20_000)
        return [
          ...fund(account, 2n * amount, aave.pool.address),
          supply(aave, { account, asset: 'USDC', amount: 2n * amount }),
          approve(receipt, account, more.receipts.address),
          contractCall(account, more.receipts, 'deposit', [amount, other]),
        ]
      }
      case 'donateReceipts': {
        const held = await balance(receipt, account)
        return held < 2n ? [] : [contractCall(account, receipt, 'transfer', [more.receipts.address, held / 2n])]
      }
      case 'borrow': {
        const collateral = parseUnits(String(random.integer(1, 40)), market === queued[0] ? 18 : 7)
        const token = tokens[market.collateral ?? 'WETH']
        const price = market.oracle === null ? 0n : await readContract<bigint>(chain, market.oracle, 'price')
        const assets = (((collateral * price) / 10n ** 36n) * BigInt(random.integer(30, 85))) / 100n
        return [
          mintTokens(token, account, collateral),
          approve(token, account, morpho.core.address),
          actOnMorpho(morpho, market, account, { kind: 'supplyCollateral', assets: collateral }),
          actOnMorpho(morpho, market, account, { kind: 'borrow', assets }),
        ]
      }
      case 'lendToo': {
        const amount = dollars(100, 50_000)
        return [
          ...fund(account, amount, morpho.core.address),
          // Also in the name of a vault, which is a donation.
          actOnMorpho(morpho, market, account, {
            kind: 'supply',
            assets: amount,
            onBehalf: random.pick([
              account,
              lender.address,
              more.adapters.positions.address,
              more.adapters.books.address,
            ]),
          }),
        ]
      }
      case 'liquidate':
        return liquidation()
      case 'reallocate': {
        const [from, to] = random.next() < 0.5 ? [queued[0]!, queued[2]!] : [queued[2]!, queued[1]!]
        const lent = await readContract<bigint>(chain, morpho.lens, 'supplyAssets', [from.id, lender.address])
        const target = random.next() < 0.2 ? 0n : part(lent)
        const moves = [
          { marketParams: from.params, assets: target },
          { marketParams: to.params, assets: maxUint256 },
        ]
        return [contractCall(owner, lender, 'reallocate', [moves])]
      }
      case 'setCap':
        return [contractCall(owner, lender, 'submitCap', [market.params, random.pick([0n, dollars(1_000, 900_000)])])]
      case 'setFee':
        return [contractCall(owner, lender, 'setFee', [(wad * BigInt(random.integer(0, 50))) / 100n])]
      case 'setFeeRecipient':
        return [contractCall(owner, lender, 'setFeeRecipient', [other])]
      case 'reorder':
        return [
          contractCall(owner, lender, 'updateWithdrawQueue', [
            random.pick([
              [2n, 0n, 1n],
              [1n, 2n, 0n],
              [0n, 1n, 2n],
            ]),
          ]),
        ]
      case 'reorderSupply': {
        const ids = queued.map(({ id }) => id)
        return [contractCall(owner, lender, 'setSupplyQueue', [random.pick([ids, [...ids].reverse()])])]
      }
      case 'allocate': {
        const { adapter, data } = random.pick(places)
        return [contractCall(owner, vaultV2, 'allocate', [adapter, data, dollars(1, 60_000)])]
      }
      case 'deallocate': {
        const { adapter, data, market: of } = random.pick(places)
        const there =
          of === null ? null : await readContract<bigint>(chain, morpho.lens, 'supplyAssets', [of.id, adapter])
        // Now and then all of it, so that the market counts no more; nothing at all only brings the books up to date.
        const amount = there !== null && random.next() < 0.3 ? there : dollars(1, 20_000)
        return [contractCall(owner, vaultV2, 'deallocate', [adapter, data, random.next() < 0.1 ? 0n : amount])]
      }
      case 'forceDeallocate': {
        const { adapter, data } = random.pick(places)
        return [contractCall(account, vaultV2, 'forceDeallocate', [adapter, data, dollars(1, 5_000), account])]
      }
      case 'setTerms':
        return setTerms(account)
      case 'setLiquidity': {
        const { adapter, data } = random.pick([...places, { adapter: zeroAddress, data: '0x' as const }])
        return [contractCall(owner, vaultV2, 'setLiquidityAdapterAndData', [adapter, data])]
      }
      case 'burnBooks':
        return [contractCall(owner, more.adapters.books, 'burnShares', [morpho.markets.wethUsdc.id])]
      case 'accrue':
        return [contractCall(account, vaultV2, 'accrueInterest')]
      case 'request': {
        const shares = part(await balance(more.async, account))
        return shares === 0n ? [] : [contractCall(account, more.async, 'requestRedeem', [shares, account, account])]
      }
      case 'fulfil':
        return [contractCall(other, more.async, 'fulfil', [account])]
      case 'claim': {
        const claimable = await readContract<bigint>(chain, more.async, 'claimableRedeemRequest', [0n, account])
        return claimable === 0n ? [] : [contractCall(account, more.async, 'redeem', [part(claimable), other, account])]
      }
      case 'stake':
        return [contractCall(account, more.rebasing, 'submit', [parseUnits(random.between(0.1, 50).toFixed(9), 18)])]
      case 'rebase': {
        const pooled = await readContract<bigint>(chain, more.rebasing, 'getTotalPooledEther')
        const reward = (pooled * BigInt(random.integer(-50, 400))) / 10_000n
        return [contractCall(owner, more.rebasing, 'report', [reward])]
      }
      case 'moveStake': {
        const held = await balance(more.rebasing, account)
        return held === 0n ? [] : [contractCall(account, more.rebasing, 'transfer', [other, part(held)])]
      }
      default:
        return []
    }
  }

  /** What the curator, and whoever allocates, can change of a Vault V2. */
  function setTerms(account: Address): readonly Call[] {
    const share = (most: bigint) => (most * BigInt(random.integer(0, 100))) / 100n
    const yearly = (most: bigint) => share(most) / (365n * 86_400n)
    const { adapter, market: of } = random.pick(places)
    const data = random.pick(idDataOf(adapter, of?.params ?? null))
    const terms: readonly VaultV2Call[] = [
      ['setPerformanceFee', [share(wad / 2n)]],
      ['setManagementFee', [yearly(wad / 20n)]],
      ['setPerformanceFeeRecipient', [account]],
      ['setManagementFeeRecipient', [account]],
      ['setForceDeallocatePenalty', [adapter, share(wad / 50n)]],
      ['increaseAbsoluteCap', [data, maxUint128]],
      ['increaseRelativeCap', [data, wad]],
    ]
    return random.pick([
      [submitted(owner, vaultV2, [random.pick(terms)])],
      [submitted(owner, vaultV2, [random.pick(terms)])],
      [contractCall(owner, vaultV2, 'setMaxRate', [yearly(2n * wad)])],
      [contractCall(owner, vaultV2, 'setMaxRate', [yearly(wad / 20n)])],
      [contractCall(owner, vaultV2, 'decreaseAbsoluteCap', [data, dollars(1_000, 100_000)])],
      [contractCall(owner, vaultV2, 'decreaseRelativeCap', [data, share(wad)])],
    ])
  }

  /** Whoever owes too much, all of whose collateral is taken: what it does not cover the lenders lose. */
  async function liquidation(): Promise<readonly Call[]> {
    for (const market of queued.slice(0, 2)) {
      const price = await readContract<bigint>(chain, market.oracle!, 'price')
      for (const borrower of accounts) {
        const [, debt, collateral] = await readContract<readonly bigint[]>(chain, morpho.core, 'position', [
          market.id,
          borrower,
        ])
        const owed = await readContract<bigint>(chain, morpho.lens, 'borrowAssets', [market.id, borrower])
        const worth = (collateral! * price) / 10n ** 36n
        if (collateral === 0n || (worth * market.params.lltv) / wad >= owed) continue
        const account = accounts.find((candidate) => candidate !== borrower)!
        const amount = worth * 100n < owed * 105n ? { seizedAssets: collateral! } : { repaidShares: debt! / 2n }
        return [
          ...fund(account, 2n * owed, morpho.core.address),
          actOnMorpho(morpho, market, account, { kind: 'liquidate', borrower, ...amount }),
        ]
      }
    }
    return []
  }

  const kinds = [
    ...[
      'deposit',
      'deposit',
      'deposit',
      'deposit',
      'redeem',
      'redeem',
      'redeem',
      'withdraw',
      'transfer',
      'donate',
      'donate',
    ],
    ...[
      'nest',
      'wrapReceipts',
      'donateReceipts',
      'borrow',
      'borrow',
      'borrow',
      'lendToo',
      'liquidate',
      'reallocate',
      'reallocate',
    ],
    ...[
      'setCap',
      'setFee',
      'setFeeRecipient',
      'reorder',
      'reorderSupply',
      'request',
      'request',
      'fulfil',
      'fulfil',
      'claim',
      'claim',
    ],
    ...['transfer', 'transfer', 'liquidate', 'setFeeRecipient'],
    ...['stake', 'stake', 'rebase', 'moveStake'],
    ...['allocate', 'allocate', 'allocate', 'deallocate', 'forceDeallocate', 'setTerms', 'setTerms', 'setLiquidity'],
    ...['accrue', 'deallocate', 'deallocate', 'transfer', 'redeem', 'request', 'claim', 'forceDeallocate'],
  ]

  async function step(): Promise<bigint> {
    steps++
    if (steps % 12 === 0) {
      walk = steps % 24 === 12 ? moveEther(walk, 0.4) : initialWalk
      await submitPrices(chain, feeds, owner, walk.prices)
    }
    const sent = new Map<string, string>()
    const chosen =
      steps < 4
        ? ['deposit', 'deposit', 'deposit', 'borrow', 'stake']
        : Array.from({ length: 9 }, () => random.pick(kinds))
    // Some owe much when the price falls.
    if (steps % 24 >= 8 && steps % 24 < 12) chosen.push('lendToo', 'borrow', 'borrow')
    if (steps % 24 === 13 || steps % 24 === 14) chosen.push('liquidate')
    if (steps % 20 === 19) chosen.push('burnBooks')
    for (const kind of chosen) {
      const calls = await propose(kind)
      for (const [index, call] of calls.entries()) {
        const hash = await chain.send(call)
        if (index === calls.length - 1) sent.set(hash, kind)
      }
    }
    const elapsed = random.next() < 0.2 ? random.integer(86_400, 200_000) : random.integer(12, 8_000)
    const timestamp = (await chain.timestamp()) + elapsed
    const { number, receipts } = await chain.mine({ timestamp, allowReverts: true })
    for (const { transactionHash, succeeded } of receipts) {
      const kind = sent.get(transactionHash)
      if (kind !== undefined && succeeded) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    return number
  }
  return { counts, step }
}
