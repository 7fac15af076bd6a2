import type pg from 'pg'
import type { ChainConfig } from '../../config/schema'
import { resolveChain } from '../../src/resolveChain'
import { projectRoot } from '../projectRoot'
import { chainClient } from './chainClient'
import { checkChain, WrongChainError } from './checkChain'
import { type Deployment, findDeployment, saveDeployment } from './deployments'
import { deploymentIdentity, schemaName, sourceIdentity } from './sourceIdentity'

/**
 * The schema a chain is to be indexed into, and what was resolved for it. A chain indexed before with the same code and configuration
 * continues where it was, without needing its RPC; otherwise the chain is read and a new schema is named.
 * @throws WrongChainError when the RPC serves another chain; a viem error when a new deployment is needed and a question to
 * the chain stays without an answer.
 */
export async function prepareDeployment(pool: pg.Pool, chain: string, config: ChainConfig): Promise<Deployment> {
  const silences: Error[] = []
  const client = chainClient(config, { onSilence: (error) => silences.push(error) })
  const source = sourceIdentity(projectRoot(), chain, config)
  const known = await findDeployment(pool, chain, source)
  if (known !== undefined) {
    await checkChain(pool, chain, config, client).catch((error) => {
      if (error instanceof WrongChainError) throw error
    })
    return known
  }
  await checkChain(pool, chain, config, client)
  const resolved = await resolveChain(config, client)
  // What a contract refuses to say is a finding; what no node answered must not be taken for one.
  if (silences[0] !== undefined) throw silences[0]
  const identity = deploymentIdentity(source, resolved)
  await saveDeployment(pool, { chain, schema: schemaName(chain, identity), resolved, source, identity })
  // As stored, not as resolved: jsonb orders keys anew, and Ponder hashes a configuration with the order of its keys.
  return (await findDeployment(pool, chain, source))!
}
