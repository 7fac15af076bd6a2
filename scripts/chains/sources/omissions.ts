/** What was looked for and left out, with the reason. Goes into docs/chains.md. */
export const omissions: readonly { readonly what: string; readonly why: string }[] = [
  {
    what: 'RPC addresses',
    why: 'public ones are rate limited, keep no old states and change owners; which node to trust is yours to decide',
  },
  {
    what: 'Aave v3 Horizon (Ethereum)',
    why: 'its receipts for restricted assets are contracts the simulator has not been run against',
  },
  {
    what: 'Comet cUSDSv3 (Arbitrum), cUSDTv3 (Linea)',
    why: 'no source for the start block',
  },
  {
    what: 'Comet cWETHv3 (Linea)',
    why: 'Compound’s repository has had two addresses for it',
  },
  {
    what: 'Morpho Blue on Avalanche and Gnosis',
    why: 'not in `@morpho-org/blue-sdk`',
  },
  {
    what: 'sDAI, sUSDS, sUSDe and other vaults that value shares by a rate of their own',
    why: 'share values of such vaults do not follow from transfers, and are marked rather than valued; stataTokens are exact',
  },
  {
    what: 'Chainlink feeds of further assets',
    why: 'their addresses are known, their heartbeats are not sourced; Aave’s own oracle prices what is in its markets',
  },
  {
    what: 'Wallet tokens',
    why: 'the whole transfer history of a large token is hundreds of millions of logs; name those you need',
  },
]
