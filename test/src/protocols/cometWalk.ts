import { type Address, encodeFunctionData, maxUint256 } from 'viem'
import { amountOf } from '../../../devnet/amountOf'
import { contractCall } from '../../../devnet/chain/contractCall'
import { readContract } from '../../../devnet/chain/readContract'
import type { Call } from '../../../devnet/chain/types'
import { type Comet, type CometCollateral, cometCollateral, type Foundation } from '../../../devnet/deploy/types'
import { initialWalk, moveEther } from '../../../devnet/market/prices'
import { actOnComet, type CometAction } from '../../../devnet/operations/actOnComet'
import { approve } from '../../../devnet/operations/approve'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import { submitPrices } from '../../../devnet/operations/submitPrices'
import { seededRandom } from '../../../devnet/random'
import type { DevnetChain } from '../../../devnet/types'

export interface CometWalk {
  /** Succeeded operations by kind. */
  readonly counts: ReadonlyMap<string, number>
  /** Makes one block a random time later, with some operations of random accounts. */
  step(): Promise<bigint>
}

/** A seeded walk of everything a Comet offers; calls that make no sense revert and do not count. */
export function walkComet(
  chain: DevnetChain,
  { tokens, feeds, multicall3 }: Foundation,
  comet: Comet,
  { owner, accounts, seed }: { readonly owner: Address; readonly accounts: readonly Address[]; readonly seed: number },
): CometWalk {
  const random = seededRandom(seed, 'comet walk')
  const counts = new Map<string, number>()
  const { core } = comet
  let walk = initialWalk
  let steps = 0
  let isUsual = true

  const share = (amount: bigint) => (amount * BigInt(random.integer(1, 1000))) / 1000n
  const view = <T>(functionName: string, ...args: readonly unknown[]) =>
    readContract<T>(chain, core, functionName, args)
  const dollars = (asset: keyof typeof tokens, low: number, high: number) =>
    amountOf(asset, random.logBetween(low, high), walk.prices[asset])
  const fund = (account: Address, asset: keyof typeof tokens, amount: bigint) => [
    mintTokens(tokens[asset], account, amount),
    approve(tokens[asset], account, core.address),
  ]
  const pledgeOf = async (account: Address, asset: CometCollateral) =>
    (await view<readonly bigint[]>('userCollateral', account, tokens[asset].address))[0]!
  const { USDC } = tokens

  /** Dollars that an account may still borrow, in base units and roughly. */
  async function room(account: Address): Promise<bigint> {
    let backed = 0n
    for (const asset of cometCollateral) {
      const amount = await pledgeOf(account, asset)
      const { borrowCollateralFactor, scale } = await view<{ borrowCollateralFactor: bigint; scale: bigint }>(
        'getAssetInfoByAddress',
        tokens[asset].address,
      )
      backed += (amount * walk.prices[asset] * borrowCollateralFactor) / scale / 10n ** 20n
    }
    return (backed * 99n) / 100n - (await view<bigint>('borrowBalanceOf', account))
  }

  async function propose(kind: string): Promise<readonly Call[]> {
    const account = random.pick(accounts)
    const other = random.pick(accounts.filter((one) => one !== account))
    const asset = random.pick(cometCollateral)
    const token = tokens[asset]
    const act = (action: CometAction, by: Address = account) => actOnComet(comet, by, action)
    switch (kind) {
      case 'supply': {
        const amount = dollars('USDC', 100, 60_000)
        const to = random.next() < 0.4 ? other : account
        return [...fund(account, 'USDC', amount), act({ kind: 'supply', token: USDC, amount, to })]
      }
      case 'repayAll': {
        const debtor = (await debtors())[0]
        if (debtor === undefined) return []
        const supply = act({ kind: 'supply', token: USDC, amount: maxUint256, to: debtor })
        return [...fund(account, 'USDC', dollars('USDC', 300_000, 300_001)), supply]
      }
      case 'withdraw': {
        const balance = await view<bigint>('balanceOf', account)
        const amount = random.next() < 0.3 ? maxUint256 : share(balance)
        return balance === 0n ? [] : [act({ kind: 'withdraw', token: USDC, amount })]
      }
      case 'borrow': {
        const more = await room(account)
        const amount = random.next() < 0.4 ? (more * 98n) / 100n : share(more)
        return more <= 0n ? [] : [act({ kind: 'withdraw', token: USDC, amount })]
      }
      case 'supplyCollateral': {
        const amount = dollars(asset, 500, 50_000)
        return [...fund(account, asset, amount), act({ kind: 'supply', token, amount, to: other })]
      }
      case 'withdrawCollateral': {
        const pledged = await pledgeOf(account, asset)
        const amount = random.next() < 0.2 ? pledged : share(pledged)
        return pledged === 0n ? [] : [act({ kind: 'withdraw', token, amount })]
      }
      case 'transfer': {
        const balance = await view<bigint>('balanceOf', account)
        const amount = random.next() < 0.2 ? maxUint256 : share(balance)
        return balance === 0n ? [] : [act({ kind: 'transfer', token: USDC, amount, to: other })]
      }
      case 'transferOfDebt': {
        const amount = share(await room(account))
        const to = random.pick([other, ...(await debtors()).filter((one) => one !== account)])
        return amount <= 0n ? [] : [act({ kind: 'transfer', token: USDC, amount, to })]
      }
      case 'transferOfDebtThroughContract': {
        const amount = share(await room(account))
        if (amount <= 0n) return []
        const allow = act({ kind: 'allow', manager: multicall3.address, isAllowed: true })
        const callData = encodeFunctionData({
          abi: core.abi,
          functionName: 'transferAssetFrom',
          args: [account, other, USDC.address, amount],
        })
        const call = { target: core.address, allowFailure: false, callData }
        return [allow, contractCall(owner, multicall3, 'aggregate3', [[call]])]
      }
      case 'transferCollateral': {
        const amount = share(await pledgeOf(account, asset))
        return amount === 0n ? [] : [act({ kind: 'transfer', token, amount, to: other })]
      }
      case 'manage': {
        const balance = await view<bigint>('balanceOf', other)
        const withdrawn = act({ kind: 'withdraw', token: USDC, amount: share(balance), from: other })
        return [act({ kind: 'allow', manager: account, isAllowed: true }, other), withdrawn]
      }
      case 'forbid':
        return [act({ kind: 'allow', manager: other, isAllowed: false })]
      case 'absorb': {
        for (const borrower of accounts)
          if (await view<boolean>('isLiquidatable', borrower)) {
            const resume = contractCall(owner, core, 'pause', [false, false, false, false, false])
            return [resume, act({ kind: 'absorb', borrower })]
          }
        return []
      }
      case 'buyCollateral': {
        const reserve = await view<bigint>('getCollateralReserves', token.address)
        if (reserve === 0n) return []
        const baseAmount =
          (share(reserve) * walk.prices[asset]) / walk.prices.USDC / 10n ** (asset === 'WBTC' ? 2n : 12n)
        return [...fund(account, 'USDC', baseAmount), act({ kind: 'buyCollateral', token, baseAmount })]
      }
      case 'accrue':
        return [contractCall(account, core, 'accrueAccount', [other])]
      case 'donate':
        return [mintTokens(USDC, core.address, dollars('USDC', 1, 500))]
      case 'withdrawReserves':
        return [contractCall(owner, core, 'withdrawReserves', [account, dollars('USDC', 1, 20)])]
      case 'pause':
        return [contractCall(owner, core, 'pause', [false, false, false, random.next() < 0.5, random.next() < 0.3])]
      case 'upgrade': {
        isUsual = !isUsual
        const { usual, other: next } = comet.implementations
        return [contractCall(owner, comet.proxy, 'upgradeTo', [isUsual ? usual : next])]
      }
      default:
        return []
    }
  }

  async function debtors(): Promise<readonly Address[]> {
    const debts = await Promise.all(accounts.map((account) => view<bigint>('borrowBalanceOf', account)))
    return accounts.filter((_, index) => debts[index]! > 0n)
  }

  const kinds = [
    ...[
      'supply',
      'supply',
      'repayAll',
      'withdraw',
      'borrow',
      'borrow',
      'borrow',
      'supplyCollateral',
      'supplyCollateral',
    ],
    ...['withdrawCollateral', 'transfer', 'transferOfDebt', 'transferOfDebt', 'transferOfDebtThroughContract'],
    ...['transferCollateral', 'manage', 'forbid', 'absorb', 'absorb', 'buyCollateral', 'accrue', 'donate'],
    ...['withdrawReserves', 'pause', 'upgrade'],
  ]

  async function step(): Promise<bigint> {
    steps++
    if (steps % 4 === 0) {
      walk = moveEther(walk, steps % 16 === 0 ? 0.55 : random.between(0.9, 1.12))
      if (steps % 16 === 8) walk = initialWalk
      await submitPrices(chain, feeds, owner, walk.prices)
    }
    const sent = new Map<string, string>()
    const chosen = [1, 2, 3].includes(steps % 16)
      ? ['absorb', 'buyCollateral', 'withdraw', 'withdrawCollateral']
      : Array.from({ length: 4 }, () => random.pick(kinds))
    for (const kind of steps <= 6 ? ['supply', 'supplyCollateral', 'supply', 'supplyCollateral', 'borrow'] : chosen) {
      const calls = await propose(kind)
      for (const [index, call] of calls.entries()) {
        const hash = await chain.send(call)
        if (index === calls.length - 1) sent.set(hash, kind)
      }
    }
    const elapsed = random.next() < 0.2 ? random.integer(86_400, 400_000) : random.integer(12, 20_000)
    const { number, receipts } = await chain.mine({
      timestamp: (await chain.timestamp()) + elapsed,
      allowReverts: true,
    })
    for (const { transactionHash, succeeded } of receipts) {
      const kind = sent.get(transactionHash)
      if (kind !== undefined && succeeded) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    return number
  }
  return { counts, step }
}
