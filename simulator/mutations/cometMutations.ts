import { edit, type Mutation } from './mutation'

const cometAccrual = 'src/api/protocols/cometAccrual.ts'
const cometHealth = 'src/api/protocols/cometHealth.ts'
const cometTransitions = 'src/protocols/compound-v3/transitions.ts'
const cometEvents = 'src/protocols/compound-v3/handlers/events.ts'
const cometWatch = 'src/protocols/compound-v3/handlers/watch.ts'

/** Mistakes in the books of a Comet. */
export const cometMutations: readonly Mutation[] = [
  {
    name: 'Comet debt that moves without an event is missed',
    edits: [edit(cometWatch, 'if (!hasAccrued) continue', 'if (!hasAccrued || comet.length > 0) continue')],
  },
  {
    name: 'Comet accrual without an event is missed',
    edits: [
      edit(
        cometWatch,
        'const hasAccrued = await readComet(facts, comet, touched)',
        'const hasAccrued = touched.length > 0 && (await readComet(facts, comet, touched))',
      ),
    ],
  },
  {
    name: 'Comet interest compounded to the instant',
    edits: [
      edit(
        cometAccrual,
        'BigInt(index) + mulWadDown(BigInt(index), BigInt(rate) * elapsed)',
        'BigInt(index) + mulWadDown(BigInt(index), BigInt(rate) * elapsed + (BigInt(rate) * elapsed) ** 2n / (2n * 10n ** 18n))',
      ),
    ],
  },
  {
    name: 'Comet rate without its slope',
    edits: [
      edit(
        cometTransitions,
        'return base + mulWadDown(slopeLow, utilization)',
        'return base + mulWadDown(slopeLow, 0n * utilization)',
      ),
    ],
  },
  {
    name: 'Comet rate without the slope beyond the kink',
    edits: [
      edit(
        cometTransitions,
        '+ mulWadDown(slopeHigh, utilization - kink)',
        '+ mulWadDown(slopeHigh, 0n * (utilization - kink))',
      ),
    ],
  },
  {
    name: 'Comet collateral sent to somebody is missed',
    edits: [edit(cometEvents, '[pair(from, asset), pair(to, asset)]', '[pair(from, asset)]')],
  },
  {
    name: 'Comet upgrade missed',
    edits: [edit(cometEvents, 'touch(facts, address, [TERMS])', 'touch(facts, address, [TERMS].slice(1))')],
  },
  {
    name: 'Comet health rounded up',
    edits: [
      edit(
        cometHealth,
        'weighed += mulWadDown(value, liquidateCollateralFactor)',
        'weighed += mulWadDown(value, liquidateCollateralFactor) + 1n',
      ),
    ],
  },
]
