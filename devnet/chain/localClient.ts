import { createTestClient, defineChain, publicActions, walletActions } from 'viem'
import { localTransport } from './localTransport'

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
    transport: localTransport(rpcUrl),
    cacheTime: 0,
    pollingInterval: 100,
  })
    .extend(publicActions)
    .extend(walletActions)
}

export type LocalClient = ReturnType<typeof localClient>
