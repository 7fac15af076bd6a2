// Fills the README's example from a running demo: node scripts/readme-example.mjs [--url URL] [--account 0x…]
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const order = [
  'debt',
  'par',
  'unusable',
  'liquidation',
  'encumbrance',
  'market',
  'size',
  'liquidity',
  'wrapper',
  'protocol',
  'chain',
  'oracle',
  'cap',
]
const readme = join(dirname(fileURLToPath(import.meta.url)), '..', 'README.md')
const { values } = parseArgs({
  options: { url: { type: 'string', default: 'http://127.0.0.1:8787' }, account: { type: 'string' } },
})

const { account, shape, answer } =
  values.account === undefined
    ? await chooseAccount()
    : { account: values.account, shape: null, answer: await margin(values.account) }
write(describe(account, shape, answer))
process.stderr.write(`README.md: example of ${account} written\n`)

/** The seeded account that shows most with the fewest rows: complete, on several chains, with a debt and a credit. */
async function chooseAccount() {
  const { accounts } = await get('/demo.json')
  const candidates = []
  for (const { address, shape } of accounts) {
    const answer = await margin(address)
    const chains = new Set(answer.collateral.map((row) => row.chain))
    const isTelling =
      answer.complete && chains.size > 1 && Number(answer.debtValue) > 0 && Number(answer.collateralCredit) > 0
    if (isTelling) candidates.push({ account: address, shape, answer })
  }
  candidates.sort((a, b) => a.answer.collateral.length - b.answer.collateral.length || (a.account < b.account ? -1 : 1))
  const [best] = candidates
  if (best === undefined)
    throw new Error('no seeded account has debt and credit on several chains; name one with --account')
  return best
}

function margin(address) {
  return get(`/v1/accounts/${address}/margin`)
}

async function get(path) {
  const response = await fetch(new URL(path, values.url))
  const body = await response.json()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${body.code ?? ''} ${body.detail ?? ''}`)
  return body
}

function describe(account, shape, answer) {
  const blocks = Object.entries(answer.asOf.chains).map(
    ([chain, { blockNumber }]) => `${chain} at block ${blockNumber}`,
  )
  const steps = addUp(answer.collateral.flatMap((row) => row.steps)).sort(
    ([a], [b]) => order.indexOf(a) - order.indexOf(b),
  )
  return [
    `Account \`${account}\`${shape === null ? '' : ` of the demo (“${shape.replaceAll('-', ' ')}”)`}, read at ${answer.asOf.cut}: ${blocks.join(', ')}.`,
    '',
    '| where | what | worth | counts as |',
    '| --- | --- | ---: | ---: |',
    ...answer.collateral.map(
      (row) =>
        `| ${row.chain} › ${row.protocol} | ${amount(row)} ${row.asset ?? row.token}${isDebt(row) ? ', owed' : ''} | ${isDebt(row) ? '−' : ''}${usd(row.marketValue)} | ${isDebt(row) ? '' : usd(row.credit)} |`,
    ),
    `| **together** | | **${usd(answer.grossEquity)}** | **${usd(answer.collateralCredit)}** |`,
    '',
    `It holds ${usd(answer.grossCollateralValue)} and owes ${usd(answer.debtValue)}. From what it holds to what counts:`,
    '',
    ...steps.map(([step, taken]) => `* ${step} takes ${usd(taken)}`),
    '',
    `That leaves a **margin balance of ${usd(answer.marginBalance)}**. The ${answer.model} model needs ${usd(answer.initialMargin)} initial and ${usd(answer.maintenanceMargin)} maintenance margin${worst(answer)}. Status: **${answer.status}**.`,
    '',
    'The same, as the API says it (shortened):',
    '',
    '```json',
    JSON.stringify(excerpt(answer), null, 2),
    '```',
  ].join('\n')
}

function worst({ worstScenario }) {
  if (worstScenario === null) return ''
  const moves = worstScenario.moves.map(({ riskGroup, price }) => `${riskGroup} ${percent(price)}`)
  const named = /^\d{4}-\d\d-\d\d-/.test(worstScenario.id) ? `\`${worstScenario.id}\` with ` : ''
  return `; the costliest scenario is ${named}${moves.length === 0 ? worstScenario.id : moves.join(', ')}`
}

function percent(move) {
  return `${(Number(move) * 100).toFixed(1).replace('-', '−')} %`
}

function excerpt(answer) {
  const keys = [
    ...['account', 'model', 'status', 'grossCollateralValue', 'debtValue', 'grossEquity', 'nonRecourseShortfall'],
    ...['haircutTotal', 'collateralCredit', 'marginBalance', 'initialMargin', 'maintenanceMargin'],
    ...[
      'excessInitialMargin',
      'excessMaintenanceMargin',
      'marginRatio',
      'complete',
      'missing',
      'parametersVersion',
      'stateHash',
    ],
  ]
  const rows = answer.collateral.map(({ chain, protocol, asset, side, marketValue, steps, credit }) => ({
    ...{ chain, protocol, asset, side, marketValue },
    steps: steps
      .filter(({ amount: taken }) => units(taken) > 0n)
      .map(({ step, amount: taken }) => ({ step, amount: taken })),
    credit,
  }))
  return { ...Object.fromEntries(keys.map((key) => [key, answer[key]])), collateral: rows, asOf: answer.asOf }
}

function addUp(steps) {
  const taken = new Map()
  for (const { step, amount: part } of steps) taken.set(step, (taken.get(step) ?? 0n) + units(part))
  return [...taken].filter(([, sum]) => sum > 0n).map(([step, sum]) => [step, decimal(sum)])
}

function isDebt({ side }) {
  return side.startsWith('borrow')
}

function amount({ amount: raw, decimals }) {
  const text = raw.padStart(decimals + 1, '0')
  return `${text.slice(0, text.length - decimals)}.${text.slice(text.length - decimals).slice(0, 4)}`.replace(/\.$/, '')
}

/** Cents are cut, not rounded: nothing is shown as more than it is. */
function usd(text) {
  const [whole, fraction = ''] = text.replace('-', '').split('.')
  return `${text.startsWith('-') ? '−' : ''}$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.slice(0, 2)}`
}

function units(text) {
  return BigInt(text.replace('.', ''))
}

function decimal(sum) {
  const text = sum.toString().padStart(9, '0')
  return `${text.slice(0, -8)}.${text.slice(-8)}`
}

function write(block) {
  const text = readFileSync(readme, 'utf8')
  const [begin, end] = ['<!-- example:begin -->', '<!-- example:end -->']
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from === -1 || to < from) throw new Error(`README.md has no ${begin} … ${end}`)
  writeFileSync(readme, `${text.slice(0, from + begin.length)}\n${block}\n${text.slice(to)}`)
}
