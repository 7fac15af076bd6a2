import { type AbiEvent, getAbiItem } from 'viem'
import type { BlockSource, ContractSource } from './protocol'

type AllSources = {
  readonly contracts: Readonly<Record<string, ContractSource>>
  readonly blocks: Readonly<Record<string, BlockSource>>
}

/** Of the block source that is only there to be one more. */
export const SPARE = 'Spare'

/** Ponder 0.16.10 asks for what it has of so many pieces of its sources in one query. */
const piecesPerQuery = 200
/** Blocks between two turns of the spare source, which does nothing. */
const seldom = 1_000_000_000

/**
 * Adds a source that does nothing where Ponder could not start without: it asks for its sources' pieces by the two hundred, and cannot ask for a single
 * one that is left.
 * @param handled the events and blocks that have handlers, as Ponder names them.
 */
export function withSpareSource(sources: AllSources, handled: readonly string[]): AllSources {
  if (countPieces(sources, handled) % piecesPerQuery !== 1) return sources
  const { startBlock } = Object.values(sources.blocks)[0]!
  return { ...sources, blocks: { ...sources.blocks, [SPARE]: { interval: seldom, startBlock } } }
}

/** In how many pieces Ponder takes the sources: by event, address and value of a filter, and by address of a factory. */
export function countPieces({ contracts, blocks }: AllSources, handled: readonly string[]): number {
  const pieces = handled.map((name) => {
    const [source, event] = name.split(':') as [string, string]
    const contract = contracts[source]
    if (contract === undefined) return source in blocks ? 1 : 0
    // Not an event.
    if (event === 'setup') return 0
    const { address } = contract
    if (typeof address === 'object' && 'event' in address) return 2 * lengthOf(address.address)
    return lengthOf(address) * valuesOf(contract, event)
  })
  return pieces.reduce((total, count) => total + count, 0)
}

function lengthOf(address: string | readonly string[] | undefined): number {
  return Array.isArray(address) ? new Set(address).size : 1
}

function valuesOf({ abi, filter }: ContractSource, event: string): number {
  if (filter === undefined || filter.event !== event) return 1
  const { inputs } = getAbiItem({ abi, name: event }) as AbiEvent
  const values = inputs.filter(({ indexed }) => indexed).map(({ name }) => filter.args[name ?? ''])
  return values.reduce<number>((count, value) => count * (Array.isArray(value) ? value.length : 1), 1)
}
