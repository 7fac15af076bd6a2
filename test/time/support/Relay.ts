import type { Address } from 'viem'
import { contractCall } from '../../../devnet/chain/contractCall'
import type { Call, Contract } from '../../../devnet/chain/types'
import { mintTokens } from '../../../devnet/operations/mintTokens'
import type { Random } from '../../../devnet/random'

/** Nobody has the key; what is sent there is burnt. */
const nowhere = '0x000000000000000000000000000000000000dEaD'
const longestDelay = 8

/** Where one asset is in true time: on a chain, or burnt on one and not yet minted on the other. */
export class Relay {
  private place: 'alpha' | 'beta' | 'in flight' = 'alpha'
  private destination: 'alpha' | 'beta' = 'beta'
  private due = 0

  constructor(
    private readonly relayer: Address,
    private readonly amount: bigint,
    private readonly random: Random,
  ) {}

  /** What the relay does in the next block of a chain, the `step`-th moment of the walk. */
  step(chain: 'alpha' | 'beta', token: Contract, step: number): readonly Call[] {
    if (this.place === chain && this.random.next() < 0.5) {
      this.place = 'in flight'
      this.destination = chain === 'alpha' ? 'beta' : 'alpha'
      this.due = step + this.random.integer(0, longestDelay)
      return [contractCall(this.relayer, token, 'transfer', [nowhere, this.amount])]
    }
    if (this.place === 'in flight' && this.destination === chain && step >= this.due) {
      this.place = chain
      return [mintTokens(token, this.relayer, this.amount)]
    }
    return []
  }
}
