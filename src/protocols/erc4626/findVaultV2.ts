import { type Abi, type Address, type Hex, keccak256, zeroAddress } from 'viem'
import { erc20Abi } from '../../../abis/erc20'
import { vaultV2Abi, vaultV2AdapterAbi } from '../../../abis/erc4626/vaultV2'
import { morphoBlueAbi } from '../../../abis/morpho-blue/morpho'
import type { ResolveContext } from '../protocol'
import { type AskView, idsOf, type MarketParams, readAdapter, readMarketParams } from './readAdapter'
import type { ResolvedAdapter, ResolvedAllocation, ResolvedVaultV2, VaultAdapter } from './types'

const abi: Abi = vaultV2Abi

/** What a Vault V2 was before its first indexed block; null for any other vault. */
export async function findVaultV2(
  { client }: ResolveContext,
  vault: Address,
  start: number,
): Promise<ResolvedVaultV2 | null> {
  const blockNumber = BigInt(Math.max(start - 1, 0))
  const ask: AskView = (address, of, functionName, args) =>
    client.readContract({ address, abi: of, functionName, args }).catch(() => null)
  const askThen: AskView = (address, of, functionName, args) =>
    client.readContract({ address, abi: of, functionName, args, blockNumber })
  const tells = await Promise.all(
    ['adaptersLength', '_totalAssets', 'maxRate', 'lastUpdate'].map((name) => ask(vault, abi, name)),
  )
  if (tells.includes(null)) return null
  const code = await client.getCode({ address: vault, blockNumber })
  if (code === undefined) return fresh
  return standing(askThen, vault, (adapter) => readAdapter(ask, vault, adapter))
}

async function standing(
  ask: AskView,
  vault: Address,
  kindOf: (adapter: Address) => Promise<VaultAdapter>,
): Promise<ResolvedVaultV2> {
  const amount = async (name: string, ...args: unknown[]) => String(await ask(vault, abi, name, args))
  const address = async (name: string, ...args: unknown[]) =>
    ((await ask(vault, abi, name, args)) as string).toLowerCase() as Address
  const length = Number(await ask(vault, abi, 'adaptersLength'))
  const addresses = await Promise.all(Array.from({ length }, (_, index) => address('adapters', BigInt(index))))
  return {
    owner: await address('owner'),
    curator: await address('curator'),
    gate: await address('receiveSharesGate'),
    fee: await amount('performanceFee'),
    feeRecipient: await address('performanceFeeRecipient'),
    managementFee: await amount('managementFee'),
    managementFeeRecipient: await address('managementFeeRecipient'),
    maxRate: await amount('maxRate'),
    lastTotalAssets: await amount('_totalAssets'),
    accruedAt: await amount('lastUpdate'),
    liquidityAdapter: await address('liquidityAdapter'),
    liquidityMarket: keccak256((await ask(vault, abi, 'liquidityData')) as Hex),
    adapters: await Promise.all(addresses.map(async (adapter) => standingAdapter(ask, vault, await kindOf(adapter)))),
  }
}

async function standingAdapter(ask: AskView, vault: Address, adapter: VaultAdapter): Promise<ResolvedAdapter> {
  const { address } = adapter
  const ofVault = async (name: string, argument: Hex) => String(await ask(vault, abi, name, [argument]))
  const markets = await marketsOf(ask, adapter)
  const allocations = markets.map(async (params): Promise<ResolvedAllocation> => {
    const { market, id } = idsOf(address, params)
    const shares =
      adapter.kind === 'books' ? String(await ask(address, vaultV2AdapterAbi, 'supplyShares', [market])) : null
    const [supplied] = (await ask(adapter.lender!, morphoBlueAbi, 'position', [market, address])) as readonly bigint[]
    return {
      ...{ market, id, shares, supplied: String(supplied) },
      ...{ cap: await ofVault('absoluteCap', id), assets: await ofVault('allocation', id) },
    }
  })
  return {
    ...adapter,
    penalty: await ofVault('forceDeallocatePenalty', address),
    innerShares: adapter.vault === null ? null : String(await ask(adapter.vault, erc20Abi, 'balanceOf', [address])),
    allocations: await Promise.all(allocations),
  }
}

async function marketsOf(ask: AskView, { address, kind, lender }: VaultAdapter): Promise<readonly MarketParams[]> {
  switch (kind) {
    case 'positions':
      return readMarketParams(ask, address)
    case 'books': {
      const length = Number(await ask(address, vaultV2AdapterAbi, 'marketIdsLength'))
      const indexes = Array.from({ length }, (_, index) => BigInt(index))
      const params = indexes.map(async (index) => {
        const id = await ask(address, vaultV2AdapterAbi, 'marketIds', [index])
        return (await ask(lender!, morphoBlueAbi, 'idToMarketParams', [id])) as MarketParams
      })
      return Promise.all(params)
    }
    case 'vault':
    case 'unknown':
      return []
  }
}

const fresh: ResolvedVaultV2 = {
  owner: zeroAddress,
  curator: zeroAddress,
  gate: zeroAddress,
  fee: '0',
  feeRecipient: zeroAddress,
  managementFee: '0',
  managementFeeRecipient: zeroAddress,
  maxRate: '0',
  lastTotalAssets: '0',
  accruedAt: '0',
  liquidityAdapter: zeroAddress,
  liquidityMarket: keccak256('0x'),
  adapters: [],
}
