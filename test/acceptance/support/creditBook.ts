import { type Address, formatUnits } from 'viem'
import { projectRoot } from '../../../cli/projectRoot'
import type { AssetSymbol } from '../../../devnet/assets'
import type { Call, MinedBlock } from '../../../devnet/chain/types'
import type { AaveVersion, ByAsset } from '../../../devnet/deploy/types'
import { submitPrices } from '../../../devnet/operations/submitPrices'
import { startDevnet } from '../../../devnet/startDevnet'
import type { Devnet } from '../../../devnet/types'
import { awaitIndexed } from '../../../simulator/product/awaitIndexed'
import { startProduct } from '../../../simulator/product/startProduct'

export interface UnitAnswer {
  readonly chain: string
  readonly protocol: string
  readonly collateralValue: string
  readonly debtValue: string
  readonly equity: string
  readonly badDebt: string
  readonly movable: string
  readonly healthFactor: string | null
  readonly reasonCode: string | null
  readonly credit: string
  readonly outlook: readonly {
    readonly move: string
    readonly healthFactor: string | null
    readonly equity: string
    readonly movable: string
    readonly badDebt: string
    readonly forecastEquity: string
    readonly forecastBadDebt: string
  }[]
}

export interface RowAnswer {
  readonly chain: string
  readonly side: 'supply' | 'collateral' | 'borrow'
  readonly asset: string | null
  readonly decimals: number
  readonly amount: string
  readonly unit: string | null
  readonly markPrice: string | null
  readonly marketValue: string | null
  readonly steps: readonly unknown[]
  readonly credit: string
}

export interface FigureAnswer {
  readonly marginBalance: string
  readonly initialMargin: string
  readonly maintenanceMargin: string
  readonly excessInitialMargin: string
  readonly availableToWithdraw: string
  readonly components: { readonly scan: string }
  readonly measures: Readonly<Record<string, string>>
  readonly grossCollateralValue: string
  readonly debtValue: string
  readonly collateralCredit: string
  readonly complete: boolean
  readonly missing: readonly { readonly reasonCode: string }[]
  readonly collateral: readonly RowAnswer[]
  readonly lendingUnits: readonly UnitAnswer[]
  readonly asOf: { readonly cut: string }
}

/** What past prices say about a risk group. */
export interface RiskGroupAnswer {
  readonly riskGroup: string
  readonly volatility: { readonly used: string } | null
  readonly breaker: {
    readonly state: 'calm' | 'tripped'
    readonly initialFactor: string
    readonly maintenanceFactor: string
    readonly trippedAt: string | null
    readonly move: string | null
    readonly limit: string | null
  } | null
}

/** Newest blocks among which a chain shows that its blocks share seconds. */
const sharedSecondWindow = 33

/** A service over local chains whose time moves only when a test moves it. */
export interface CreditBook {
  readonly devnet: Devnet
  /** Asks for a figure at the newest cut of all chains; further fields of the body as given. */
  margin(addresses: readonly string[], body?: Readonly<Record<string, unknown>>): Promise<FigureAnswer>
  /** The text of the same. */
  marginText(addresses: readonly string[], body?: Readonly<Record<string, unknown>>): Promise<string>
  /** `GET /v1/risk/market` at the newest cut. */
  riskGroup(name: string): Promise<RiskGroupAnswer>
  /** Makes one block on every chain, the given calls in the block of their chain, and waits until all are indexed. */
  advance(calls?: Readonly<Record<string, readonly Call[]>>, seconds?: number): Promise<void>
  /** Makes so many blocks that no two of the newest share a second: until then answers are of the second before. */
  forgetSharedSecond(): Promise<void>
  /** New answers of feeds in a block of their own; dollars with 8 decimals. */
  setPrices(chain: string, prices: Partial<ByAsset<bigint>>): Promise<void>
  stop(): Promise<void>
}

export async function startCreditBook(
  seed: number,
  aave: Readonly<Record<string, AaveVersion>> = {},
): Promise<CreditBook> {
  const devnet = await startDevnet({ seed, aave, log: () => {} })
  const product = await startProduct({ root: projectRoot(), config: { ...devnet.config, clock: 'chain' } }).catch(
    async (error) => {
      await devnet.stop()
      throw error
    },
  )
  const headOf = async (name: string): Promise<MinedBlock> => {
    const { client } = devnet.chain(name)
    const { number, hash, timestamp } = await client.getBlock()
    return { number, hash, timestamp: Number(timestamp), receipts: [] }
  }
  const advance: CreditBook['advance'] = async (calls = {}, seconds = 1) => {
    const heads = await Promise.all(devnet.chains.map(({ name }) => headOf(name)))
    const timestamp = Math.max(...heads.map((head) => head.timestamp)) + seconds
    for (const chain of devnet.chains) {
      for (const call of calls[chain.name] ?? []) await chain.send(call)
      const block = await chain.mine({ timestamp })
      await awaitIndexed(product.url, chain.name, block)
    }
  }
  const marginText: CreditBook['marginText'] = async (addresses, body = {}) => {
    const response = await fetch(`${product.url}/v1/margin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ addresses, finality: 'latest', ...body }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.status} ${text}`)
    return text
  }
  await advance()
  return {
    devnet,
    marginText,
    margin: async (addresses, body) => JSON.parse(await marginText(addresses, body)),
    riskGroup: async (name) => {
      const response = await fetch(`${product.url}/v1/risk/market`)
      const text = await response.text()
      if (!response.ok) throw new Error(`${response.status} ${text}`)
      const { riskGroups } = JSON.parse(text) as { riskGroups: readonly RiskGroupAnswer[] }
      return riskGroups.find(({ riskGroup }) => riskGroup === name)!
    },
    advance,
    forgetSharedSecond: async () => {
      const newest = Math.max(
        ...(await Promise.all(devnet.chains.map(({ name }) => headOf(name)))).map(({ timestamp }) => timestamp),
      )
      for (const chain of devnet.chains) {
        for (let step = 1; step < sharedSecondWindow; step++) await chain.mine({ timestamp: newest + step })
      }
      await advance()
    },
    setPrices: async (name, prices) => {
      const chain = devnet.chain(name)
      await submitPrices(chain, chain.contracts.feeds, devnet.owner.address, prices)
      await advance()
    },
    stop: async () => {
      await product.stop()
      await devnet.stop()
    },
  }
}

/** The newest answer of a feed, dollars with 8 decimals. */
export async function feedPrice({ devnet }: CreditBook, name: string, symbol: AssetSymbol): Promise<bigint> {
  const chain = devnet.chain(name)
  const { address, abi } = chain.contracts.feeds[symbol].aggregator
  return (await chain.client.readContract({ address, abi, functionName: 'latestAnswer' })) as bigint
}

/** How many whole dollars' worth of a token, in its smallest unit. */
export function worth(usd: number, price: bigint, decimals: number): bigint {
  return (BigInt(Math.round(usd * 1e6)) * 10n ** BigInt(decimals + 2)) / price
}

/** A USD amount of an answer in units of 10^−8. */
export function units(text: string): bigint {
  const [whole, fraction = ''] = text.split('.')
  return BigInt(`${whole}${fraction.padEnd(8, '0').slice(0, 8)}`)
}

/** As thousands with one digit after the point, as a person would print it. */
export function thousands(text: string): string {
  return (Number(formatUnits(units(text), 8)) / 1000).toFixed(1)
}

export type { Address }
