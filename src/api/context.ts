/** From the configuration file to what the read side needs of it. */
import type { Config } from '../../config/schema'
import type { FeedReference, Reference } from './facts'
import type { ChainSettings } from './read/loadHeads'

/** The part of the configuration that gives facts their meaning; it is part of every state hash. */
export function referenceOf(config: Config): Reference {
  const assets = Object.entries(config.assets).map(
    ([asset, { class: kind, riskGroup, issuer, redeemsTo, tokens, bridge }]) => [
      asset,
      { class: kind, riskGroup, issuer, redeemsTo, tokens, bridge },
    ],
  )
  const { chains, protocols } = config.trust
  const hasTiers = Object.keys({ ...chains, ...protocols }).length > 0
  return {
    assets: Object.fromEntries(assets),
    feeds: feedsOf(config),
    ...(hasTiers ? { tiers: { chains, protocols: protocols as Readonly<Record<string, string>> } } : {}),
  }
}

function feedsOf(config: Config): readonly FeedReference[] {
  const feeds = Object.entries(config.chains).flatMap(([chain, { chainlink }]) =>
    chainlink.map(
      ({ proxy, base, quote, heartbeatSeconds, band }): FeedReference => ({
        chain,
        feed: proxy,
        base,
        quote,
        heartbeatSeconds,
        band: band ?? null,
        ...(config.trust.feedDeviations[proxy] === undefined ? {} : { deviation: config.trust.feedDeviations[proxy] }),
      }),
    ),
  )
  return feeds.sort((a, b) => (`${a.chain} ${a.feed}` < `${b.chain} ${b.feed}` ? -1 : 1))
}

export function chainSettingsOf(config: Config): Readonly<Record<string, ChainSettings>> {
  return Object.fromEntries(
    Object.entries(config.chains).map(([chain, { chainId, required, maxLagSeconds, rpc }]) => [
      chain,
      { chainId, required, maxLagSeconds, nodes: new Set(rpc).size },
    ]),
  )
}
