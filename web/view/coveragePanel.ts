import type { BookSums, CoverageAnswer, Deployment } from '../api/bookAnswer'
import { cleanLabel } from '../format/cleanLabel'
import { groupThousands } from '../format/groupThousands'
import { shortenHex } from '../format/shortenHex'
import { protocolName } from '../text/names'
import { element } from './element'
import { unknown, usd } from './figures'
import { panel } from './panel'
import { table } from './table'

type Chain = CoverageAnswer['chains'][string]

/** What is indexed of each chain and worth how much; what is configured and not indexed is said, with its reason. */
export function coveragePanel({ chains }: CoverageAnswer): HTMLElement {
  const named = Object.entries(chains)
  const gaps = named.flatMap(([chain, { deployments = [] }]) =>
    deployments.filter(({ indexed }) => !indexed).map((deployment) => gap(chain, deployment)),
  )
  return panel(
    'coverage',
    'What is covered',
    gaps.length === 0 ? 'Everything that is configured is indexed.' : null,
    table(
      'Value by chain and protocol, and how much of each chain is indexed',
      [
        { title: 'Chain' },
        { title: 'Blocks' },
        { title: 'Accounts', numeric: true },
        { title: 'Value', numeric: true },
        { title: 'Debt', numeric: true },
      ],
      named.flatMap(([name, chain]) => rowsOf(name, chain)),
    ),
    ...(gaps.length === 0
      ? []
      : [element('h3', {}, 'Configured, and not indexed'), element('ul', { class: 'missing' }, ...gaps)]),
  )
}

function rowsOf(name: string, chain: Chain) {
  if (!chain.inCut)
    return [
      {
        key: name,
        class: 'out',
        cells: [cleanLabel(name), chain.detail ?? 'not in the cut', unknown(), unknown(), unknown()],
      },
    ]
  const { secured = [] } = chain
  const none: readonly (BookSums & { protocol: string; accounts: number })[] = [
    { protocol: 'nothing', accounts: 0, value: '0.00', debt: '0.00', positions: 0, unvalued: 0 },
  ]
  return (secured.length === 0 ? none : secured).map((place) => ({
    key: `${name}:${place.protocol}`,
    cells: [
      `${cleanLabel(name)} · ${protocolName(place.protocol)}`,
      blocks(chain),
      groupThousands(String(place.accounts)),
      usd(place.value, 'down'),
      usd(place.debt, 'up'),
    ],
  }))
}

function blocks({ indexedSince, indexedUntil }: Chain): string {
  const since = indexedSince == null ? 'unknown' : groupThousands(indexedSince.blockNumber)
  return `${since} to ${indexedUntil === undefined ? 'unknown' : groupThousands(indexedUntil.blockNumber)}`
}

function gap(chain: string, { kind, name, address, detail, reasonCode }: Deployment): HTMLElement {
  return element(
    'li',
    { 'data-key': `${chain}:${kind}:${address}` },
    element('strong', {}, `${cleanLabel(kind)} ${cleanLabel(name ?? shortenHex(address))} on ${cleanLabel(chain)}.`),
    ` ${detail ?? ''} `,
    element('code', {}, reasonCode ?? ''),
  )
}
