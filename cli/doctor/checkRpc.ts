import { createPublicClient, http, type PublicClient } from 'viem'
import type { ChainConfig } from '../../config/schema'
import { entryKeys } from '../../src/protocols/entries'
import { type Finding, finding, reasonOf } from './finding'

const timeoutMilliseconds = 8_000
/** Emits nothing: asking for its logs tests the range without moving data. */
const silentAddress = '0x000000000000000000000000000000000000dEaD'

/** Looks at one RPC of a chain: does it answer, for the right chain, over the configured range, and for old states. */
export async function checkRpc(chain: string, config: ChainConfig, url: string): Promise<Finding[]> {
  const client = createPublicClient({ transport: http(url, { retryCount: 0, timeout: timeoutMilliseconds }) })
  const subject = `${chain} ${url}`
  let head: bigint
  try {
    const chainId = await client.getChainId()
    if (chainId !== config.chainId) {
      const fix = `correct /chains/${chain}/chainId or /chains/${chain}/rpc`
      return [finding('error', subject, `serves chain id ${chainId}, the configuration says ${config.chainId}; ${fix}`)]
    }
    head = await client.getBlockNumber()
  } catch (error) {
    return [finding('error', subject, `does not answer (${reasonOf(error)}); check /chains/${chain}/rpc`)]
  }
  return [
    finding('ok', subject, `chain id ${config.chainId}, block ${head}`),
    await checkLogsRange(client, subject, chain, config, head),
    await checkOldState(client, subject, config, head),
    ...(config.multicall3 === undefined ? [] : [await checkMulticall(client, subject, chain, config.multicall3)]),
  ]
}

async function checkLogsRange(client: PublicClient, subject: string, chain: string, config: ChainConfig, head: bigint) {
  const range = BigInt(config.getLogsRange)
  const fromBlock = head >= range ? head - range + 1n : 0n
  try {
    await client.getLogs({ address: silentAddress, fromBlock, toBlock: head })
    return finding('ok', subject, `logs over ${head - fromBlock + 1n} blocks`)
  } catch (error) {
    const fix = `set /chains/${chain}/getLogsRange to what the provider allows`
    return finding('error', subject, `refuses logs over ${range} blocks (${reasonOf(error)}); ${fix}`)
  }
}

/** Contract reads in the backfill are pinned to their block: without old states they fail. */
async function checkOldState(client: PublicClient, subject: string, config: ChainConfig, head: bigint) {
  const block = config.startBlock === 'tip' ? head : oldestBlock(config)
  try {
    await client.getBalance({ address: silentAddress, blockNumber: block })
    return finding('ok', subject, `has the state at block ${block}`)
  } catch (error) {
    const fix = 'use an archive node, or "startBlock": "tip"'
    return finding('warning', subject, `has no state at block ${block} (${reasonOf(error)}); ${fix}`)
  }
}

async function checkMulticall(client: PublicClient, subject: string, chain: string, address: `0x${string}`) {
  const code = await client.getCode({ address }).catch(() => undefined)
  if (code !== undefined) return finding('ok', subject, `Multicall3 at ${address}`)
  return finding('error', subject, `no contract at ${address}; correct or remove /chains/${chain}/multicall3`)
}

function oldestBlock(config: ChainConfig): bigint {
  const listed = entryKeys.flatMap((key): readonly { readonly startBlock?: number }[] => config[key])
  const starts = listed.flatMap(({ startBlock }) => startBlock ?? [])
  const configured = config.startBlock === 'tip' ? 0 : config.startBlock
  return BigInt(Math.max(configured, starts.length === 0 ? 0 : Math.min(...starts)))
}
