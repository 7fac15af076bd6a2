import type { Config } from '../../../config/schema'
import { asOf } from '../answer'
import type { Book } from '../computeBook'
import type { StatusBody } from '../statusBody'
import { assetsByToken } from '../valuation/valueClaims'
import { printSums } from './concentrationBody'
import { deployments } from './deployments'
import { isoTime } from './format'

/** What is indexed of each chain: since when, until when, for how many accounts, worth how much; and what is named but not indexed. */
export function coverageBody(book: Book, config: Config, status: StatusBody) {
  const assets = assetsByToken(book.facts)
  const chains = Object.fromEntries(
    Object.keys(config.chains)
      .sort()
      .map((chain) => [
        chain,
        book.facts.chains[chain] === undefined
          ? outside(book, config, chain)
          : inside(book, config, status, chain, assets),
      ]),
  )
  return {
    chains,
    accounts: book.axes.account.size,
    complete: book.missing.length === 0,
    missing: book.missing.map(({ scope, chain, id, reasonCode, detail }) => ({ scope, chain, id, reasonCode, detail })),
    asOf: asOf(book.cut),
  }
}

/** A chain that is not in the cut: nothing can be said of it at that instant. */
function outside({ cut }: Book, config: Config, chain: string) {
  const reason = cut.excluded.find((excluded) => excluded.chain === chain)
  return {
    chainId: config.chains[chain]!.chainId,
    inCut: false,
    reasonCode: reason?.reasonCode ?? null,
    detail: reason?.detail ?? null,
  }
}

function inside(book: Book, config: Config, status: StatusBody, chain: string, assets: ReadonlyMap<string, string>) {
  const facts = book.facts.chains[chain]!
  const { chainId, blockNumber, blockHash, timestamp } = book.cut.chains[chain]!
  const symbols = new Map(facts.tokens.map(({ address, symbol }) => [address, symbol]))
  const statuses = new Map(facts.vaultStates.map((row) => [row.vault, row.status]))
  return {
    chainId,
    inCut: true,
    reasonCode: null,
    detail: null,
    indexedSince: status.chains[chain]?.indexedSince ?? null,
    indexedUntil: { blockNumber, blockHash, timestamp: isoTime(timestamp) },
    deployments: deployments(config.chains[chain]!, facts, book.pools[chain]!),
    secured: book.places
      .filter((place) => place.chain === chain)
      .map(({ protocol, accounts, sums }) => ({ protocol, accounts, ...printSums(sums) })),
    markets: facts.markets
      .filter(({ kind }) => kind !== 'emode')
      .map(({ protocol, market, kind, unit, token, label, oracle }) => ({
        protocol,
        market,
        kind,
        unit,
        token,
        symbol: token === null ? null : (symbols.get(token) ?? null),
        label,
        oracle,
      })),
    vaults: facts.vaults.map(({ vault, asset, shape, curator }) => ({
      vault,
      asset,
      shape,
      curator,
      status: statuses.get(vault) ?? null,
    })),
    feeds: facts.feeds.map(({ feed, base, quote, decimals, heartbeat }) => ({
      feed,
      base,
      quote,
      decimals,
      heartbeatSeconds: Number(heartbeat),
    })),
    tokens: facts.tokens.map(({ address, symbol, decimals }) => ({
      address,
      symbol,
      decimals,
      asset: assets.get(`${chain}/${address}`) ?? null,
    })),
  }
}
