/** Ponder's configuration of one chain, from the description the supervisor wrote; never edited for a protocol or a chain. */
import { createConfig } from 'ponder'
import { handlers } from './src/protocols/handlers'
import { sourcesOf } from './src/protocols/sourcesOf'
import { withSpareSource } from './src/protocols/withSpareSource'
import { indexer } from './src/runtime/indexer'

const { name, config, resolved } = indexer
const handled = handlers.map((handler) => handler.name)
const { contracts, blocks } = withSpareSource(sourcesOf(resolved), handled)

/**
 * Ponder begins with 20 requests a second to each URL and raises that slowly, which is meant for providers with quotas. A node on this
 * machine has none; naming it several times multiplies the allowance.
 */
const LOCAL_REPETITIONS = 10
const rpc = config.rpc.flatMap((url) => (isLocal(url) ? Array<string>(LOCAL_REPETITIONS).fill(url) : [url]))

/**
 * Fed by a socket, Ponder looks at the chain only when a new head is announced; on a local chain without new blocks the newest ones would stay
 * unseen for ever. Asking costs nothing there.
 */
const isLocalChain = config.rpc.every(isLocal)
const following = isLocalChain ? { pollingInterval: 100 } : { pollingInterval: 1000, ws: config.ws }

function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
}

const onChain = <source extends object>(sources: Readonly<Record<string, source>>) =>
  Object.fromEntries(Object.entries(sources).map(([key, source]) => [key, { chain: name, ...source }]))

const options = {
  ordering: 'multichain',
  database: { kind: 'postgres', poolConfig: { max: 7 } },
  chains: {
    [name]: {
      id: config.chainId,
      rpc,
      ...following,
      ethGetLogsBlockRange: config.getLogsRange,
    },
  },
  contracts: onChain(contracts),
  blocks: onChain(blocks),
}

// The sources are only known at run time, which Ponder's types, made for literals, cannot express.
export default createConfig(options as unknown as Parameters<typeof createConfig>[0])
