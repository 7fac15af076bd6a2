import type { Address } from 'viem'
import { deployContract } from '../chain/deployContract'
import type { Contract, LocalChain } from '../chain/types'
import type { Artifacts } from '../compile/types'

/**
 * A function that queues deployments from one set of artifacts. The libraries a contract links are deployed before it, once
 * for all contracts that share them.
 */
export function deployLinked<Name extends string>(chain: LocalChain, owner: Address, artifacts: Artifacts<Name>) {
  const libraries: Record<string, Address> = {}
  return async function deploy(name: Name, args: readonly unknown[] = []): Promise<Contract> {
    const artifact = artifacts[name]
    for (const library of Object.values(artifact.linkReferences).flatMap((names) => Object.keys(names))) {
      libraries[library] ??= (await deploy(library as Name)).address
    }
    return deployContract(chain, owner, artifact, args, libraries)
  }
}
