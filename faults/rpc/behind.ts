import { type Hex, numberToHex } from 'viem'
import type { AskNode, FaultyAnswer, RpcCall, RpcFault } from './types'

interface Block {
  readonly number: Hex
}

/** Blocks below the head that the local chains call safe and final. */
const safeDepth = 32n
const finalDepth = 64n
const unknownBlock: FaultyAnswer = { kind: 'error', code: -32_000, message: 'unknown block' }

/** A node that has not seen the newest `blocks` blocks yet. */
export function lagging(blocks: bigint): RpcFault {
  return behind(async (ask) => {
    const newest = BigInt((await ask('eth_blockNumber', [])) as Hex)
    return newest > blocks ? newest - blocks : 0n
  })
}

/** A node that sees no new block any more. */
export function frozen(): RpcFault {
  let head: bigint | null = null
  return behind(async (ask) => {
    head ??= BigInt((await ask('eth_blockNumber', [])) as Hex)
    return head
  })
}

/** Answers as the node did when `headOf` was its newest block. */
function behind(headOf: (ask: AskNode) => Promise<bigint>): RpcFault {
  return async (call, ask) => answerAt(await headOf(ask), call, ask)
}

async function answerAt(head: bigint, { method, params }: RpcCall, ask: AskNode): Promise<FaultyAnswer | null> {
  switch (method) {
    case 'eth_blockNumber':
      return { kind: 'result', result: numberToHex(head) }
    case 'eth_getBlockByNumber': {
      const number = numberOf(params[0], head)
      if (number > head) return { kind: 'result', result: null }
      if (!isTag(params[0])) return null
      return { kind: 'result', result: await ask(method, [numberToHex(number), params[1]]) }
    }
    case 'eth_getBlockByHash':
      return (await isNewer(params[0], head, ask)) ? { kind: 'result', result: null } : null
    case 'eth_getLogs':
      return logsAt(head, params[0] as LogsQuestion, ask)
    case 'eth_call':
    case 'eth_getCode':
    case 'eth_getStorageAt':
      return stateAt(head, method, params, ask)
    default:
      return null
  }
}

interface LogsQuestion {
  readonly blockHash?: Hex
  readonly fromBlock?: Hex
  readonly toBlock?: Hex
}

async function logsAt(head: bigint, question: LogsQuestion, ask: AskNode): Promise<FaultyAnswer | null> {
  if (question.blockHash !== undefined) return (await isNewer(question.blockHash, head, ask)) ? unknownBlock : null
  const from = numberOf(question.fromBlock ?? 'latest', head)
  if (from > head) return { kind: 'result', result: [] }
  if (numberOf(question.toBlock ?? 'latest', head) <= head && !isTag(question.toBlock ?? 'latest')) return null
  return { kind: 'result', result: await ask('eth_getLogs', [{ ...question, toBlock: numberToHex(head) }]) }
}

async function stateAt(
  head: bigint,
  method: string,
  params: readonly unknown[],
  ask: AskNode,
): Promise<FaultyAnswer | null> {
  const place = method === 'eth_getStorageAt' ? 2 : 1
  const block = params[place] ?? 'latest'
  if (typeof block === 'object') {
    const { blockHash, blockNumber } = block as { blockHash?: Hex; blockNumber?: Hex }
    const newer = blockHash === undefined ? numberOf(blockNumber, head) > head : await isNewer(blockHash, head, ask)
    return newer ? unknownBlock : null
  }
  const number = numberOf(block, head)
  if (number > head) return unknownBlock
  if (!isTag(block)) return null
  const asked = [...params]
  asked[place] = numberToHex(number)
  return { kind: 'result', result: await ask(method, asked) }
}

async function isNewer(hash: unknown, head: bigint, ask: AskNode): Promise<boolean> {
  const block = (await ask('eth_getBlockByHash', [hash, false])) as Block | null
  return block !== null && BigInt(block.number) > head
}

function isTag(block: unknown): boolean {
  return typeof block === 'string' && !block.startsWith('0x')
}

function numberOf(block: unknown, head: bigint): bigint {
  const below = (depth: bigint) => (head > depth ? head - depth : 0n)
  switch (block) {
    case 'earliest':
      return 0n
    case 'safe':
      return below(safeDepth)
    case 'finalized':
      return below(finalDepth)
    case 'latest':
    case 'pending':
    case undefined:
      return head
    default:
      return BigInt(block as Hex)
  }
}
