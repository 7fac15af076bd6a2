import type pg from 'pg'
import type { ChainConfig } from '../../config/schema'
import { resolveChain } from '../../src/resolveChain'
import { projectRoot } from '../projectRoot'
import { chainClient } from './chainClient'
import { checkChain, WrongChainError } from './checkChain'
import { type Deployment, findDeployment, loadDeployment, saveDeployment } from './deployments'
import { deploymentIdentity, schemaName, sourceIdentity } from './sourceIdentity'
import { startBlockOf } from './startBlockOf'

/**
 * The schema a chain is to be indexed into, and what was resolved for it. A chain indexed before with the same code and configuration
 * continues where it was, without needing its RPC; otherwise the chain is read and a new schema is named.
 * @throws WrongChainError when the RPC serves another chain; a viem error when a new deployment is needed and a question to
 * the chain stays without an answer.
 */
export async function prepareDeployment(pool: pg.Pool, chain: string, config: ChainConfig): Promise<Deployment> {
  const source = sourceIdentity(projectRoot(), chain, config)
  const known = await findDeployment(pool, chain, source)
  if (known !== undefined) {
    await checkChain(pool, chain, config, chainClient(config)).catch((error) => {
      if (error instanceof WrongChainError) throw error
    })
    return known
  }
  const resolved = await resolveAnew(pool, chain, config)
  const identity = deploymentIdentity(source, resolved)
  await saveDeployment(pool, { chain, schema: schemaName(chain, identity), resolved, source, identity })
  // As stored, not as resolved: jsonb orders keys anew, and Ponder hashes a configuration with the order of its keys.
  return (await findDeployment(pool, chain, source))!
}

/**
 * A schema in which a chain is indexed again with the same code and configuration, beside the one that serves.
 * @param replaced the schema that serves; the new one is named after it, so that no name comes twice.
 * @param isResolvedAnew whether the chain is read again, too. Otherwise the new schema begins where the old one did, and past instants stay as they were answered.
 * @throws as `prepareDeployment`.
 */
export async function prepareReplacement(
  pool: pg.Pool,
  chain: string,
  config: ChainConfig,
  replaced: string,
  isResolvedAnew: boolean,
): Promise<Deployment> {
  const source = sourceIdentity(projectRoot(), chain, config)
  const resolved = isResolvedAnew
    ? await resolveAnew(pool, chain, config)
    : (await loadDeployment(pool, chain, replaced))!.resolved
  const identity = deploymentIdentity(`${source} instead of ${replaced}`, resolved)
  const schema = schemaName(chain, identity)
  await saveDeployment(pool, { chain, schema, resolved, source, identity })
  return (await loadDeployment(pool, chain, schema))!
}

async function resolveAnew(pool: pg.Pool, chain: string, config: ChainConfig) {
  const silences: Error[] = []
  const client = chainClient(config, { onSilence: (error) => silences.push(error) })
  await checkChain(pool, chain, config, client)
  const startBlock = await startBlockOf(pool, chain, config, client)
  const resolved = await resolveChain({ ...config, startBlock }, client)
  // What a contract refuses to say is a finding; what no node answered must not be taken for one.
  if (silences[0] !== undefined) throw silences[0]
  return resolved
}
