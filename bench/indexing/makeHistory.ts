import { maxUint256 } from 'viem'
import { contractCall } from '../../devnet/chain/contractCall'
import type { Call } from '../../devnet/chain/types'
import { seededRandom } from '../../devnet/random'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'

const ACCOUNTS = 60
const BLOCKS = 160
const CALLS_PER_BLOCK = 60
/** More than Ponder's window for reorganisations, so that everything counts as history. */
const QUIET_BLOCKS = 40

/** One chain on which many accounts supply, borrow, repay, withdraw and transfer; returns it with the number of those transactions. */
export async function makeHistory(): Promise<{ readonly devnet: Devnet; readonly transactions: number }> {
  const devnet = await startDevnet({ chains: 1, content: 'market', morpho: false, comet: false, log: () => {} })
  try {
    return { devnet, transactions: await transact(devnet) }
  } catch (error) {
    await devnet.stop()
    throw error
  }
}

async function transact(devnet: Devnet): Promise<number> {
  const chain = devnet.chain('alpha')
  const { aave, tokens } = chain.contracts
  const { pool, reserves } = aave!
  const accounts = Array.from(
    { length: ACCOUNTS },
    (_, index) => `0x${(0xbe4c0000 + index).toString(16).padStart(40, '0')}` as const,
  )
  const wethUnit = 10n ** 18n
  const usdcUnit = 10n ** 6n
  for (const account of accounts) {
    await chain.client.setBalance({ address: account, value: 10n ** 20n })
    for (const [token, amount] of [
      [tokens.WETH, 1_000n * wethUnit],
      [tokens.USDC, 1_000_000n * usdcUnit],
    ] as const) {
      await chain.send(contractCall(account, token, 'mint', [account, amount]))
      await chain.send(contractCall(account, token, 'approve', [pool.address, maxUint256]))
    }
    await chain.send(contractCall(account, pool, 'supply', [tokens.WETH.address, 100n * wethUnit, account, 0]))
    await chain.send(contractCall(account, pool, 'supply', [tokens.USDC.address, 10_000n * usdcUnit, account, 0]))
  }
  await chain.mine()

  const random = seededRandom(1, 'bench')
  let transactions = 0
  for (let block = 0; block < BLOCKS; block++) {
    for (let index = 0; index < CALLS_PER_BLOCK; index++) {
      const account = accounts[(block * CALLS_PER_BLOCK + index) % ACCOUNTS]!
      const kinds: readonly (() => Call)[] = [
        () => contractCall(account, pool, 'supply', [tokens.WETH.address, wethUnit / 100n, account, 0]),
        () => contractCall(account, pool, 'borrow', [tokens.USDC.address, 10n * usdcUnit, 2, 0, account]),
        () => contractCall(account, pool, 'repay', [tokens.USDC.address, 5n * usdcUnit, 2, account]),
        () => contractCall(account, pool, 'withdraw', [tokens.WETH.address, wethUnit / 100n, account]),
        () => contractCall(account, reserves.WETH.aToken, 'transfer', [random.pick(accounts), wethUnit / 100n]),
      ]
      // Everybody borrows before anything can be repaid.
      await chain.send(block < 4 ? kinds[1]!() : random.pick(kinds)())
    }
    const { receipts } = await chain.mine({ allowReverts: true })
    transactions += receipts.filter(({ succeeded }) => succeeded).length
  }
  for (let block = 0; block < QUIET_BLOCKS; block++) await chain.mine()
  return transactions
}
