import { createTestClient, defineChain, http, publicActions, walletActions } from 'viem'

/** A viem client with public, wallet and anvil actions for one local chain. */
export function localClient(name: string, chainId: number, rpcUrl: string) {
  const chain = defineChain({
    id: chainId,
    name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  return createTestClient({
    mode: 'anvil',
    chain,
    transport: http(rpcUrl, { retryCount: 0, timeout: 60_000 }),
    cacheTime: 0,
    pollingInterval: 100,
  })
    .extend(publicActions)
    .extend(walletActions)
}

export type LocalClient = ReturnType<typeof localClient>
