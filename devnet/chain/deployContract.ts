import { type Address, encodeDeployData, getContractAddress, type Hex } from 'viem'
import type { Artifact } from '../compile/types'
import type { Contract, LocalChain } from './types'

/** Thrown when an artifact needs a library that was not given. */
export class LibraryMissingError extends Error {
  override readonly name = 'LibraryMissingError'
  constructor(readonly library: string) {
    super(`The contract links library ${library}: deploy it first and pass its address`)
  }
}

/**
 * Queues a deployment and returns where the contract will be, without waiting for a block: a whole market fits into a
 * handful of blocks.
 */
export async function deployContract(
  chain: LocalChain,
  from: Address,
  artifact: Artifact,
  args: readonly unknown[] = [],
  libraries: Readonly<Record<string, Address>> = {},
): Promise<Contract> {
  const nonce = await chain.client.getTransactionCount({ address: from, blockTag: 'pending' })
  const bytecode = link(artifact, libraries)
  await chain.send({
    from,
    data: encodeDeployData({ abi: artifact.abi, bytecode, args }),
    label: 'deployment',
  })
  return { address: getContractAddress({ from, nonce: BigInt(nonce) }), abi: artifact.abi }
}

function link(artifact: Artifact, libraries: Readonly<Record<string, Address>>): Hex {
  let bytecode = artifact.bytecode
  for (const byLibrary of Object.values(artifact.linkReferences)) {
    for (const [library, places] of Object.entries(byLibrary)) {
      const address = libraries[library]
      if (address === undefined) throw new LibraryMissingError(library)
      for (const { start, length } of places) {
        // Cut as text: unlinked bytecode is not valid hex.
        const from = 2 + start * 2
        bytecode = `0x${bytecode.slice(2, from)}${address.slice(2).toLowerCase()}${bytecode.slice(from + length * 2)}`
      }
    }
  }
  return bytecode
}
