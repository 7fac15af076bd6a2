import { type Address, encodeAbiParameters, parseUnits } from 'viem'
import { amountOf } from '../../../devnet/amountOf'
import { contractCall } from '../../../devnet/chain/contractCall'
import { readContract } from '../../../devnet/chain/readContract'
import type { Call } from '../../../devnet/chain/types'
import type { MorphoMarket } from '../../../devnet/deploy/types'
import { initialWalk, moveEther } from '../../../devnet/market/prices'
import { actOnMorpho } from '../../../devnet/operations/actOnMorpho'
import { approve } from '../../../devnet/operations/approve'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { setMorphoPrice } from '../../../devnet/operations/setMorphoPrice'
import { submitPrices } from '../../../devnet/operations/submitPrices'
import { seededRandom } from '../../../devnet/random'
import type { DevnetChain } from '../../../devnet/types'

const wad = 10n ** 18n
const priceScale = 10n ** 36n

export interface MorphoWalk {
  /** Succeeded operations by kind. */
  readonly counts: ReadonlyMap<string, number>
  /** Makes one block a random time later, with some operations of random accounts. */
  step(): Promise<bigint>
}

/** A seeded walk of everything Morpho offers; calls that make no sense revert and do not count. */
export function walkMorpho(chain: DevnetChain, owner: Address, accounts: readonly Address[], seed: number): MorphoWalk {
  const morpho = chain.contracts.morpho!
  const { tokens, feeds } = chain.contracts
  const markets = Object.values(morpho.markets)
  const lending = markets.filter(({ rateModel }) => rateModel !== null)
  const random = seededRandom(seed, 'morpho walk')
  const counts = new Map<string, number>()
  let walk = initialWalk
  let steps = 0
  /** Whoever is liquidated in the block to come. */
  const taken = new Set<string>()

  const share = (amount: bigint) => (amount * BigInt(random.integer(1, 1000))) / 1000n
  const view = <T>(functionName: string, ...args: readonly unknown[]) =>
    readContract<T>(chain, functionName === 'position' ? morpho.core : morpho.lens, functionName, args)
  const dollars = (asset: keyof typeof tokens, low: number, high: number) =>
    amountOf(asset, random.logBetween(low, high), walk.prices[asset])

  async function propose(kind: string): Promise<readonly Call[]> {
    const account = random.pick(accounts)
    const other = random.pick(accounts)
    const market = random.pick(kind === 'supply' ? markets : lending)
    const act = (action: Parameters<typeof actOnMorpho>[3], of: MorphoMarket = market) =>
      actOnMorpho(morpho, of, account, action)
    const fund = (asset: keyof typeof tokens, units: bigint) => [
      mintTokens(tokens[asset], account, units),
      approve(tokens[asset], account, morpho.core.address),
    ]
    const position = () => view<readonly [bigint, bigint, bigint]>('position', market.id, account)
    switch (kind) {
      case 'supply': {
        const assets = dollars(market.loan, 100, 200_000)
        return [...fund(market.loan, assets), act({ kind: 'supply', assets, onBehalf: other })]
      }
      case 'supplyShares': {
        const shares = dollars(market.loan, 100, 1000) * 1_000_000n
        return [...fund(market.loan, shares), act({ kind: 'supply', shares })]
      }
      case 'withdraw': {
        const [shares] = await position()
        const whole = random.next() < 0.3
        return shares === 0n ? [] : [act({ kind: 'withdraw', shares: whole ? shares : share(shares) })]
      }
      case 'withdrawAssets':
        return [act({ kind: 'withdraw', assets: dollars(market.loan, 10, 1000) })]
      case 'supplyCollateral': {
        const asset = market.collateral!
        const assets = dollars(asset, 500, 50_000)
        return [...fund(asset, assets), act({ kind: 'supplyCollateral', assets, onBehalf: other })]
      }
      case 'withdrawCollateral': {
        const [, , collateral] = await position()
        return collateral === 0n ? [] : [act({ kind: 'withdrawCollateral', assets: share(collateral) })]
      }
      case 'borrow': {
        const [, , collateral] = await position()
        const price = await readContract<bigint>(chain, market.oracle!, 'price')
        const limit = (((collateral * price) / priceScale) * market.params.lltv) / wad
        const more = limit - (await view<bigint>('borrowAssets', market.id, account))
        return more <= 0n
          ? []
          : [act({ kind: 'borrow', assets: random.next() < 0.3 ? (more * 99n) / 100n : share(more) })]
      }
      case 'repay': {
        const [, shares] = await position()
        if (shares === 0n) return []
        const repaid = random.next() < 0.3 ? shares : share(shares)
        return [...fund(market.loan, shares), act({ kind: 'repay', shares: repaid })]
      }
      case 'authorise':
        return [contractCall(account, morpho.core, 'setAuthorization', [other, random.next() < 0.7])]
      case 'borrowForAnother': {
        const assets = dollars(market.loan, 10, 500)
        return [
          contractCall(other, morpho.core, 'setAuthorization', [account, true]),
          act({ kind: 'borrow', assets, onBehalf: other }),
        ]
      }
      case 'liquidate':
        return liquidation()
      case 'flashLoan': {
        const data = encodeAbiParameters([{ type: 'address' }], [tokens.USDC.address])
        return [contractCall(account, morpho.flashBorrower, 'flashLoan', [tokens.USDC.address, 1_000_000n, data])]
      }
      case 'accrue':
        return [contractCall(account, morpho.core, 'accrueInterest', [random.pick(markets).params])]
      case 'setFee': {
        const fee = parseUnits(String(random.integer(0, 25) / 100), 18)
        return [contractCall(owner, morpho.core, 'setFee', [market.params, fee])]
      }
      case 'setFeeRecipient':
        return [contractCall(owner, morpho.core, 'setFeeRecipient', [other])]
      default:
        return []
    }
  }

  /** Whoever owes more than allowed; all of the collateral is taken where it does not cover the debt. */
  async function liquidation(): Promise<readonly Call[]> {
    for (const market of lending) {
      const price = await readContract<bigint>(chain, market.oracle!, 'price')
      for (const borrower of accounts) {
        const [, shares, collateral] = await view<readonly [bigint, bigint, bigint]>('position', market.id, borrower)
        if (shares === 0n || collateral === 0n) continue
        const owed = await view<bigint>('borrowAssets', market.id, borrower)
        const worth = (collateral * price) / priceScale
        const name = `${market.id} ${borrower}`
        if ((worth * market.params.lltv) / wad >= owed || taken.has(name)) continue
        taken.add(name)
        const account = accounts.find((candidate) => candidate !== borrower)!
        const isUnder = worth * 100n < owed * 105n
        const amount = isUnder
          ? { seizedAssets: collateral }
          : random.next() < 0.5
            ? { repaidShares: share(shares) }
            : { seizedAssets: share(collateral) }
        return [
          mintTokens(tokens[market.loan], account, owed * 2n),
          approve(tokens[market.loan], account, morpho.core.address),
          actOnMorpho(morpho, market, account, { kind: 'liquidate', borrower, ...amount }),
        ]
      }
    }
    return []
  }

  const kinds = [
    ...['supply', 'supply', 'supplyShares', 'withdraw', 'withdrawAssets', 'supplyCollateral', 'supplyCollateral'],
    ...['withdrawCollateral', 'borrow', 'borrow', 'borrow', 'repay', 'authorise', 'borrowForAnother', 'liquidate'],
    ...['liquidate', 'flashLoan', 'accrue', 'setFee', 'setFeeRecipient'],
  ]

  async function step(): Promise<bigint> {
    steps++
    taken.clear()
    if (steps % 4 === 0) {
      walk = moveEther(walk, steps % 16 === 0 ? 0.55 : random.between(0.9, 1.12))
      if (steps % 16 === 8) walk = initialWalk
      await submitPrices(chain, feeds, owner, walk.prices)
      await chain.send(setMorphoPrice(morpho, owner, walk.prices))
    }
    const sent = new Map<string, string>()
    const chosen = steps % 16 === 1 ? Array(6).fill('liquidate') : Array.from({ length: 4 }, () => random.pick(kinds))
    for (const kind of steps <= 6 ? ['supply', 'supplyCollateral', 'supply', 'supplyCollateral', 'borrow'] : chosen) {
      const calls = await propose(kind)
      for (const [index, call] of calls.entries()) {
        const hash = await chain.send(call)
        if (index === calls.length - 1) sent.set(hash, kind)
      }
    }
    const elapsed = random.next() < 0.2 ? random.integer(86_400, 400_000) : random.integer(12, 20_000)
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
