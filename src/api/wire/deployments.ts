import type { z } from 'zod'
import type { ChainConfig } from '../../../config/schema'
import { entries, entryKeys } from '../../protocols/entries'
import type { Described, Entry } from '../../protocols/entry'
import type { ChainFacts } from '../facts'
import type { ReasonCode } from '../protocols/reading'
import { protocols } from '../protocols/registry'

/** Something the configuration names, and whether anything of it is indexed. */
export interface Deployment {
  /** Key of the configuration. */
  readonly kind: string
  readonly name: string | null
  readonly address: string
  readonly indexed: boolean
  readonly reasonCode: ReasonCode | null
  readonly detail: string | null
}

/** Everything a chain's configuration names. What is named and not indexed says why; nothing is left out in silence. */
export function deployments(config: ChainConfig, facts: ChainFacts, pools: readonly string[]): readonly Deployment[] {
  return entryKeys.flatMap((kind) => {
    const { protocols: names, rows, describe } = entries[kind] as Entry<z.ZodType>
    const own = names[0] ?? null
    return config[kind].map((entry): Deployment => {
      const { excuse, ...described } = describe(entry)
      const indexed = isIndexed[rows](described, own, facts, pools)
      return { kind, ...described, indexed, ...whyNot(indexed, own, excuse) }
    })
  })
}

type IsIndexed = (named: Described, protocol: string | null, facts: ChainFacts, pools: readonly string[]) => boolean

const isIndexed: Readonly<Record<Entry<z.ZodType>['rows'], IsIndexed>> = {
  /** By its own address, or by the name it was given where the address configured is not the one that lends. */
  markets: ({ address, name }, own, { markets }) =>
    markets.some(
      ({ protocol, market, unit, kind, label }) =>
        protocol === own && (market === address || unit === address || (kind === 'pool' && label === name)),
    ),
  vaults: ({ address }, _, { vaults }) => vaults.some(({ vault }) => vault === address),
  feeds: ({ address }, _, { feeds }) => feeds.some(({ feed }) => feed === address),
  pools: ({ address }, _, __, pools) => pools.includes(address),
}

function whyNot(
  indexed: boolean,
  protocol: string | null,
  excuse: string | undefined,
): Pick<Deployment, 'reasonCode' | 'detail'> {
  if (indexed) return { reasonCode: null, detail: null }
  if (excuse !== undefined) return { reasonCode: 'READ_FAILED', detail: excuse }
  if (protocol !== null && !Object.hasOwn(protocols, protocol))
    return {
      reasonCode: 'READ_FAILED',
      detail: `this version has no adapter for ${protocol}: nothing of it is counted`,
    }
  return { reasonCode: 'NOT_HYDRATED', detail: 'nothing of it is indexed at this block' }
}
