import type { LocalClient } from './localClient'

/** A JSON-RPC request that viem has no action for. */
export async function rpc<Result>(client: LocalClient, method: string, params: readonly unknown[]): Promise<Result> {
  const request = client.request as (request: { method: string; params: readonly unknown[] }) => Promise<Result>
  return request({ method, params })
}
