import { aaveMutations } from './aaveMutations'
import { cometMutations } from './cometMutations'
import { morphoMutations } from './morphoMutations'
import type { Mutation } from './mutation'
import { vaultMutations } from './vaultMutations'

/** Every mistake that the simulator must find. */
export const mutations: readonly Mutation[] = [
  ...aaveMutations,
  ...morphoMutations,
  ...cometMutations,
  ...vaultMutations,
]
