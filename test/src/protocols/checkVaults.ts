import type { Address, Hash } from 'viem'
import { readContract } from '../../../devnet/chain/readContract'
import type { Vault } from '../../../devnet/deploy/types'
import type { DevnetChain } from '../../../devnet/types'
import { readMany } from '../../../simulator/truth/readMany'
import type { Claim } from '../../../src/api/protocols/reading'
import type { Database } from '../../../src/api/read/database'
import { loadChainFacts } from '../../../src/api/read/loadChainFacts'
import { loadPools } from '../../../src/api/read/loadPools'
import { readAccounts } from '../../../src/api/valuation/readAccounts'

export interface VaultCheck {
  readonly chain: DevnetChain
  readonly database: Database
  readonly schema: string
  readonly accounts: readonly Address[]
}

interface Compared {
  readonly compared: number
  readonly differences: readonly string[]
}

/** What the index says of the accounts at a block. */
export async function factsOf({ chain, database, schema, accounts }: VaultCheck, blockNumber: bigint) {
  const { hash, timestamp } = await chain.client.getBlock({ blockNumber })
  const facts = await database.snapshot((snapshot) =>
    loadChainFacts(
      snapshot,
      {
        schema,
        chainId: chain.chainId,
        blockNumber: String(blockNumber),
        blockHash: hash!,
        accounts: accounts.map((account) => account.toLowerCase()),
        feeds: [],
        vaults: [],
        poolWindowStart: Number(timestamp),
      },
      loadPools,
    ),
  )
  return { facts, hash: hash!, timestamp }
}

/** Compares what every account's shares are said to be worth with the vaults' own views at the block's hash. */
export async function checkVaults(
  { chain, database, schema, accounts }: VaultCheck,
  blockNumber: bigint,
): Promise<Compared> {
  const { vaults, multicall3, moreVaults } = chain.contracts
  const { nested, receipts, async, ownRate } = moreVaults!
  const lenders: readonly string[] = [moreVaults!.exact.metaMorpho, moreVaults!.exact.metaMorphoV1_1].map(
    ({ address }) => address,
  )
  const { facts, hash, timestamp } = await factsOf({ chain, database, schema, accounts }, blockNumber)
  const lower = accounts.map((account) => account.toLowerCase())
  const { claims, missing } = readAccounts(
    { reference: { assets: {}, feeds: [] }, chains: { [chain.name]: facts } },
    lower,
    Number(timestamp),
  )
  const isRead = (vault: string) => vault === ownRate.address.toLowerCase()
  const differences: string[] = missing
    .filter(({ id }) => !isRead(id))
    .map(({ id, reasonCode, detail }) => `${id} is missing: ${reasonCode} ${detail}`)
  let compared = 0
  const expect = (what: string, theirs: bigint, ours: bigint, slack = 0n) => {
    compared++
    if (ours - theirs < 0n || ours - theirs > slack) differences.push(`${what}: ours ${ours}, the chain's ${theirs}`)
  }
  const read = async (vault: Vault, functionName: string, values: readonly unknown[]) =>
    (await readMany(
      chain,
      multicall3,
      values.map((value) => ({ contract: vault, functionName, args: [value] })),
      hash as Hash,
    )) as bigint[]
  const claimOf = (vault: Vault, account: Address, protocol = 'erc4626'): Claim | undefined =>
    claims.find(
      (claim) =>
        claim.protocol === protocol &&
        claim.market === vault.address.toLowerCase() &&
        claim.account === account.toLowerCase(),
    )

  for (const vault of [...Object.values(vaults), nested, receipts, async]) {
    const code = await chain.client.getCode({ address: vault.address, blockNumber })
    if (code === undefined) continue
    const shares = await read(vault, 'balanceOf', accounts)
    const own = await read(vault, 'convertToAssets', shares)
    const assets = vault === nested ? await read(moreVaults!.exact.metaMorphoV1_1, 'convertToAssets', own) : own
    const most = lenders.includes(vault.address) ? await read(vault, 'maxWithdraw', accounts) : null
    const symbol = await readContract<string>(chain, vault, 'symbol')
    for (const [index, account] of accounts.entries()) {
      const claim = claimOf(vault, account)
      expect(`${symbol} shares of ${account}`, shares[index]!, claim?.shares ?? 0n)
      // Through two vaults nothing is rounded on the way, which may leave one unit more.
      expect(`${symbol} assets of ${account}`, assets[index]!, claim?.amount ?? 0n, vault === nested ? 1n : 0n)
      if (most === null || claim === undefined) continue
      const movable = claim.movable ?? claim.amount
      // What is lost and still counted cannot be taken out, though the vault would promise it to the first who asks.
      if (vault.address === moreVaults!.exact.metaMorpho.address)
        expect(`${symbol} most of ${account}`, most[index]!, movable)
      else expect(`${symbol} at most of ${account}`, 0n, most[index]! - movable, most[index])
    }
  }
  for (const claim of claims.filter(({ market }) => isRead(market))) {
    const { blockNumber: readIn } = facts.vaultStates.find(({ vault }) => vault === claim.market)!
    const asked = await chain.client.getBlock({ blockNumber: BigInt(readIn) })
    const age = Number(timestamp - asked.timestamp)
    // Transfers change the row too, so it may be younger than the reading.
    expect(`age of ${claim.market}`, 0n, BigInt((claim.ageSeconds ?? -1) - age), timestamp)
    const at = { blockHash: await hashAt(chain, timestamp - BigInt(claim.ageSeconds!)) }
    const worth = await readContract<bigint>(chain, ownRate, 'convertToAssets', [claim.shares], at)
    // The rate is that of all shares together, rounded once.
    expect(`read worth of ${claim.account}`, claim.amount, worth, 1n)
    if ((claim.ageSeconds ?? 0) > 3600 !== (claim.refused === 'PRICE_STALE'))
      differences.push('an old reading is believed')
  }
  const { rebasing } = moreVaults!
  for (const [index, amount] of (
    (await readMany(
      chain,
      multicall3,
      accounts.map((account) => ({ contract: rebasing, functionName: 'balanceOf', args: [account] })),
      hash as Hash,
    )) as bigint[]
  ).entries()) {
    const own = lower[index]
    const held = claims.find(({ token, account }) => token === rebasing.address.toLowerCase() && account === own)
    expect(`staked by ${own}`, amount, held?.amount ?? 0n)
  }
  const requested = await Promise.all(
    ['pendingRedeemRequest', 'claimableRedeemRequest'].map((functionName) =>
      Promise.all(
        accounts.map((account) =>
          readContract<bigint>(chain, async, functionName, [0n, account], { blockHash: hash as Hash }),
        ),
      ),
    ),
  )
  for (const [index, account] of accounts.entries()) {
    const claim = claimOf(async, account, 'erc7540')
    expect(`requests of ${account}`, requested[0]![index]! + requested[1]![index]!, claim?.shares ?? 0n)
  }
  return { compared, differences }
}

/** The block with this very timestamp. */
async function hashAt(chain: DevnetChain, timestamp: bigint): Promise<Hash> {
  for (let number = await chain.client.getBlockNumber(); number >= 0n; number--) {
    const block = await chain.client.getBlock({ blockNumber: number })
    if (block.timestamp === timestamp) return block.hash!
  }
  throw new RangeError(`No block has the timestamp ${timestamp}`)
}
