import { frozen, lagging } from '../rpc/behind'
import { dead } from '../rpc/dead'
import { emptyLogs } from '../rpc/emptyLogs'
import { otherChain } from '../rpc/otherChain'
import { otherHistory } from '../rpc/otherHistory'
import { slow } from '../rpc/slow'
import { tooManyRequests } from '../rpc/tooManyRequests'
import { truncated } from '../rpc/truncated'
import type { Fault } from '../types'
import { deepReorg } from './deepReorg'
import { nodeFault } from './nodeFault'
import { processFault } from './processFault'

/** Makes a fault of one kind. @param chain the chain it strikes; @param chains all there are. */
export type FaultKind = (chain: string, chains: readonly string[]) => Fault

/** Longer than any timeout of the product. */
const slowMilliseconds = 15_000
/** Ponder follows a chain through reorganisations of 30 blocks. */
const shallowBlocks = 6n
const deepBlocks = 40n

/** Everything that can go wrong, by name. */
export const faultKinds: Readonly<Record<string, FaultKind>> = {
  dead: (chain) => nodeFault('node dead', chain, () => dead),
  'one-dead': (chain) => nodeFault('first node dead', chain, () => dead, 0),
  slow: (chain) => nodeFault('node slow', chain, () => slow(slowMilliseconds)),
  'too-many-requests': (chain) => nodeFault('429', chain, () => tooManyRequests),
  truncated: (chain) => nodeFault('bodies truncated', chain, () => truncated),
  lagging: (chain) => nodeFault('node lags', chain, () => lagging(shallowBlocks)),
  'lagging-deep': (chain) => nodeFault('node lags beyond the window', chain, () => lagging(deepBlocks)),
  frozen: (chain) => nodeFault('head frozen', chain, frozen),
  'empty-logs': (chain) => nodeFault('logs empty', chain, () => emptyLogs),
  'wrong-chain': (chain) =>
    nodeFault('wrong chain', chain, ({ devnet }) =>
      otherChain(devnet.chains.find(({ name }) => name !== chain)!.rpcUrl),
    ),
  disagreeing: (chain) => nodeFault('nodes disagree', chain, otherHistory, 1),
  'deep-reorg': (chain) => deepReorg(chain),
  'kill-indexer': (chain) =>
    processFault(`indexer killed`, [chain], false, ({ indexers }) => indexers.find((one) => one.chain === chain)?.pid),
  'kill-api': (_, chains) => processFault('API killed', chains, true, ({ api }) => api?.pid),
  'kill-supervisor': (_, chains) => processFault('supervisor killed', chains, true, ({ pid }) => pid),
  'kill-database': (_, chains) => processFault('database killed', chains, true, ({ database }) => database?.pid),
}
