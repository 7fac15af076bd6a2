import type { Address } from 'viem'
import type { CollateralBody } from '../../simulator/check/wire'

/** The parts of a figure that a watch looks at. */
export interface FigureBody extends Omit<CollateralBody, 'missing' | 'asOf'> {
  readonly missing: readonly {
    readonly scope: string
    readonly chain: string
    readonly id: string
    readonly reasonCode: string
    readonly detail: string
  }[]
  readonly asOf: {
    readonly cut: string
    readonly chains: Readonly<
      Record<string, { readonly blockNumber: string; readonly blockHash: `0x${string}`; readonly timestamp: string }>
    >
  }
}

export interface StatusBody {
  readonly chains: Readonly<
    Record<
      string,
      {
        readonly inCut: boolean
        readonly reachable: boolean
        readonly hashAgrees: boolean | null
        readonly reasonCode: string | null
        readonly detail: string | null
      }
    >
  >
}

const patienceMilliseconds = 3_000

/** The figure of some accounts, at the newest cut or at a block of one chain; `null` when there is no answer in time. */
export function askFigure(url: string, addresses: readonly Address[], at?: string): Promise<FigureBody | null> {
  return ask<FigureBody>(`${url}/v1/margin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    // What collateral there is does not depend on the model, and this one has no scenarios to work out.
    body: JSON.stringify({ addresses, model: 'cross', finality: 'latest', ...(at === undefined ? {} : { at }) }),
  })
}

export function askStatus(url: string): Promise<StatusBody | null> {
  return ask<StatusBody>(`${url}/v1/status`, {})
}

async function ask<Body>(url: string, request: RequestInit): Promise<Body | null> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(patienceMilliseconds) })
    const text = await response.text()
    return response.ok ? (JSON.parse(text) as Body) : null
  } catch {
    return null
  }
}
