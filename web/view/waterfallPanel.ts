import { isDebt, type MarginAnswer } from '../api/answer'
import { cleanLabel } from '../format/cleanLabel'
import { isNegative, isZero, shareOf, subtractDecimals, sumDecimals } from '../format/decimal'
import { stepName } from '../text/steps'
import { addUpSteps, type StepTotal } from './addUpSteps'
import { element } from './element'
import { usd } from './figures'
import { panel } from './panel'
import { percentLength, svg } from './svg'
import { table } from './table'

interface Bar {
  readonly key: string
  readonly name: string
  /** What the step takes away, or `null` for the two ends. */
  readonly taken: string | null
  readonly left: string
}

/** From what the holdings are worth to what they count for, every step visible. `null` without collateral. */
export function waterfallPanel(answer: MarginAnswer): HTMLElement | null {
  const { grossCollateralValue: gross, collateralCredit: credit } = answer
  if (typeof gross !== 'string' || typeof credit !== 'string' || isZero(gross)) return null
  const steps = addUpSteps(answer.collateral.filter((row) => !isDebt(row)))
  const bars = waterfall(gross, steps)
  const gap = subtractDecimals(bars.at(-1)!.left, credit)
  return panel(
    'waterfall',
    'From value to credit',
    isZero(gap)
      ? 'Each step takes its part of what the one before left; together they are the whole difference.'
      : null,
    table(
      'Haircut steps of the whole account',
      [{ title: 'Step' }, { title: 'Takes', numeric: true }, { title: 'Leaves', numeric: true }, { title: '' }],
      [
        ...bars.map((bar) => ({
          key: bar.key,
          class: bar.taken === null ? 'total' : '',
          cells: [bar.name, bar.taken === null ? '' : usd(bar.taken, 'up'), usd(bar.left, 'down'), drawBar(bar, gross)],
        })),
        {
          key: 'credit',
          class: 'total',
          cells: [
            'Collateral credit',
            '',
            usd(credit, 'down'),
            drawBar({ key: 'credit', name: '', taken: null, left: credit }, gross),
          ],
        },
      ],
    ),
    ...idleSteps(steps),
    ...(isZero(gap)
      ? []
      : [
          element(
            'p',
            { class: 'warning', role: 'note' },
            'The steps and the credit differ by ',
            usd(gap, 'up'),
            '. Do not rely on this breakdown.',
          ),
        ]),
  )
}

function waterfall(gross: string, steps: readonly StepTotal[]): readonly Bar[] {
  const bars: Bar[] = [{ key: 'gross', name: 'Gross collateral', taken: null, left: gross }]
  for (const { step, amount } of steps.filter((total) => !isZero(total.amount))) {
    const left = subtractDecimals(bars.at(-1)!.left, amount)
    bars.push({ key: step, name: cleanLabel(stepName(step)), taken: amount, left })
  }
  return bars
}

/** Which steps were looked at and took nothing. */
function idleSteps(steps: readonly StepTotal[]): Node[] {
  const names = steps.filter(({ amount }) => isZero(amount)).map(({ step }) => cleanLabel(stepName(step)))
  return names.length === 0 ? [] : [element('p', { class: 'note' }, `Nothing is taken by: ${names.join('; ')}.`)]
}

function drawBar({ taken, left }: Bar, gross: string): HTMLElement {
  const kept = isNegative(left) ? 0 : shareOf(left, gross)
  const lost = taken === null ? 0 : shareOf(sumDecimals([left, taken]), gross) - kept
  return element(
    'div',
    { class: 'step-bar', 'aria-hidden': 'true' },
    svg(
      'svg',
      { width: '100%', height: '12' },
      svg('rect', { class: 'kept', x: '0', y: '0', width: percentLength(kept), height: '100%', rx: '1' }),
      svg('rect', {
        class: 'lost',
        x: percentLength(kept),
        y: '0',
        width: percentLength(Math.max(0, lost)),
        height: '100%',
        rx: '1',
      }),
    ),
  )
}
