import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import { readContract } from '../chain/readContract'
import { initialWalk, moveEther, type PriceWalk, stepPrices } from '../market/prices'
import { mintTokens } from '../operations/mintTokens'
import { setMorphoPrice } from '../operations/setMorphoPrice'
import { submitPrices } from '../operations/submitPrices'
import { arbitrage } from '../operations/swapTo'
import { seededRandom } from '../random'
import { type PlannedAccount, slots } from './planAccounts'
import type { Step } from './shapes'
import { type SeedingChain, takeStep } from './takeStep'

const day = 86_400
const secondsPerBlock = 12
/** Anvil calls a block final when it is this far below the head; a few more so that something is. */
const closingBlocks = 72
/** Borrowers near liquidation borrow at the price before this fall and end closer to it. */
const closingFall = 0.97

/** Moments of the seeded history, seconds after genesis. */
const firstSlotAt = day
const slotEvery = 2.5 * day
const quietFrom = firstSlotAt + slots * slotEvery
const quietEvery = 5 * day
const leaveAt = 80 * day

/** Steps that end a history, or are sized at its end. */
const isLate = (step: Step) => step.kind === 'repayAll' || step.kind === 'withdrawAll'
const isLast = (step: Step) => step.kind === 'borrowTo' || step.kind === 'morphoBorrowTo'

export interface SeedInput {
  readonly seed: number
  readonly owner: Address
  readonly accounts: readonly PlannedAccount[]
  readonly genesisTimestamp: number
  /** Where the seeded history ends: about now. */
  readonly endTimestamp: number
}

/**
 * Plays months of history on one chain: prices move and accounts come in slot after slot; then interest accrues for at least
 * thirty days; then the borrowers near liquidation get there, and enough blocks follow that all of it is final.
 */
export async function seedAccounts(target: SeedingChain, input: SeedInput): Promise<PriceWalk> {
  const { chain, contracts } = target
  const random = seededRandom(input.seed, 'prices')
  let walk = initialWalk
  let lastPricedAt = input.genesisTimestamp

  const publishPrices = async (timestamp: number, next = stepPrices(walk, timestamp - lastPricedAt, random)) => {
    walk = next
    lastPricedAt = timestamp
    await submitPrices(chain, contracts.feeds, input.owner, walk.prices)
    if (contracts.morpho !== null) await chain.send(setMorphoPrice(contracts.morpho, input.owner, walk.prices))
    await chain.send(contractCall(input.owner, contracts.tokens.wstETH, 'setRate', [walk.stakingRate]))
    for (const call of contracts.exchange === null ? [] : arbitrage(contracts.exchange, walk.prices))
      await chain.send(call)
    await chain.mine({ timestamp })
  }

  /** Everybody's first step in one block, everybody's second in the next, and so on. */
  const play = async (accounts: readonly PlannedAccount[], isDue: (step: Step) => boolean) => {
    const queues = accounts.map(({ address, steps }) => ({ address, steps: (steps[chain.name] ?? []).filter(isDue) }))
    const rounds = Math.max(0, ...queues.map(({ steps }) => steps.length))
    for (let round = 0; round < rounds; round++) {
      for (const { address, steps } of queues) {
        const step = steps[round]
        if (step === undefined) continue
        for (const call of await takeStep(target, address, step, walk.prices)) await chain.send(call)
      }
      await chain.mine()
    }
  }

  for (let slot = 0; slot < slots; slot++) {
    await publishPrices(input.genesisTimestamp + firstSlotAt + slot * slotEvery)
    const starting = input.accounts.filter((account) => account.slot === slot)
    await play(starting, (step) => !isLate(step) && !isLast(step))
  }
  for (let at = quietFrom; at < leaveAt; at += quietEvery) await publishPrices(input.genesisTimestamp + at)
  await publishPrices(input.genesisTimestamp + leaveAt)
  await play(input.accounts, isLate)
  await earnVaultInterest(target, input.owner)

  const closing = input.endTimestamp - (closingBlocks + 4) * secondsPerBlock
  await publishPrices(closing)
  await play(input.accounts, isLast)
  await publishPrices(closing + 3 * secondsPerBlock, moveEther(walk, closingFall))
  // An interval between timestamps: with one given to mine() the first block would be stamped by the clock of this machine.
  await chain.client.setBlockTimestampInterval({ interval: secondsPerBlock })
  await chain.client.mine({ blocks: closingBlocks })
  await chain.client.removeBlockTimestampInterval()
  return walk
}

/** Gives the vault half a percent more than its deposits, the way a plain vault earns: by a transfer, with no event of its own. */
async function earnVaultInterest({ chain, contracts }: SeedingChain, owner: Address): Promise<void> {
  for (const vault of Object.values(contracts.vaults)) {
    const token = contracts.tokens[vault.asset]
    const deposits = await readContract<bigint>(chain, vault, 'totalAssets')
    const earned = deposits / 200n
    await chain.send(mintTokens(token, owner, earned))
    await chain.send(contractCall(owner, token, 'transfer', [vault.address, earned]))
  }
  await chain.mine()
}
