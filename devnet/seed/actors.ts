import { type Address, type Hex, keccak256, toHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'

/** An address anybody may act as: its key is printed in the manifest. Never send anything real to it. */
export interface Actor {
  readonly address: Address
  readonly privateKey: Hex
}

/** The actor called `name` under a seed. */
export function deriveActor(seed: number, name: string): Actor {
  const privateKey = keccak256(toHex(`crossmargin devnet ${seed} ${name}`))
  return { address: privateKeyToAddress(privateKey), privateKey }
}
