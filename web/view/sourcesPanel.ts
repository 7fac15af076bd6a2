import type { MarginAnswer } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { shortenHex } from '../format/shortenHex'
import { explainReason } from '../text/reasons'
import { element } from './element'
import { price as priceFigure } from './figures'
import { panel } from './panel'
import { table } from './table'

/** What the figure can be checked against: prices with their age, the instant, the parameters and the hash of it all. */
export function sourcesPanel({ prices, parametersVersion, stateHash, asOf }: MarginAnswer): HTMLElement {
  return panel(
    'sources',
    'Prices and proof',
    'Price ages are relative to the instant of the figure.',
    ...(prices.length === 0
      ? []
      : [
          table(
            'Prices used',
            [
              { title: 'Asset' },
              { title: 'Price', numeric: true },
              { title: 'Age at the cut', numeric: true },
              { title: 'Source' },
              { title: 'Usable' },
            ],
            prices.map(({ asset, chain, price, ageSeconds, source, usable, reasonCode }) => ({
              key: `${chain}:${asset}:${source}`,
              cells: [
                element(
                  'span',
                  {},
                  element('bdi', {}, cleanLabel(asset)),
                  element('span', { class: 'protocol' }, ` ${cleanLabel(chain)}`),
                ),
                priceFigure(price, 'down'),
                typeof ageSeconds === 'number' ? `${ageSeconds} s` : element('span', { class: 'unknown' }, 'unknown'),
                element('code', {}, sourceName(source)),
                usable ? 'yes' : unusable(reasonCode),
              ],
            })),
          ),
        ]),
    element(
      'dl',
      { class: 'facts proof' },
      fact('Instant', asOf.cut),
      fact('Parameters', cleanLabel(parametersVersion)),
      fact('State hash', stateHash),
    ),
  )
}

function unusable(reasonCode: string | null | undefined): HTMLElement {
  const reason = reasonCode === null || reasonCode === undefined ? '' : ` ${explainReason(reasonCode)}`
  return element('span', {}, element('strong', { class: 'short' }, 'no, counts zero.'), reason)
}

function fact(name: string, value: string): HTMLElement {
  return element('div', {}, element('dt', {}, name), element('dd', {}, element('code', {}, value)))
}

function sourceName(source: string): string {
  return cleanLabel(source.replace(/0x[0-9a-fA-F]{20,}/g, shortenHex))
}
