import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { protocolNames } from '../../../cli/control/configuredProtocols'
import { entries, entryKeys } from '../../../src/protocols/entries'
import { heldPlainly, keptIn, shareProtocols } from '../../../src/protocols/names'

const root = join(import.meta.dirname, '../../..')

/** What is a protocol's own, and the lists that are there to name them all. */
const own = /^(src\/protocols\/[^/]+\/|abis\/|src\/api\/protocols\/|config\/chains\/)/
const registries = [
  'src/protocols/registry.ts',
  'src/protocols/handlers.ts',
  'src/protocols/entries.ts',
  'src/protocols/names.ts',
]

/** Who else names one, and why that is not for the registries to say. */
const elsewhere: Readonly<Record<string, string>> = {
  ...files('feeds and pools are what the price book rests on, not something an account holds', [
    'config/load.ts',
    'src/api/context.ts',
    'src/api/valuation/feedPrices.ts',
    'src/api/valuation/priceBook.ts',
  ]),
  ...files('a wrapper that is a vault says its own redemption rate', [
    'config/schema.ts',
    'src/api/read/facts.ts',
    'src/api/read/loadEvidence.ts',
  ]),
  ...files('arithmetic of both sides', ['src/math/vaultRates.ts']),
  ...files('a rule of liquidation is a kind of the engine, by the name of whose it is', [
    'engine/types/input.ts',
    'engine/resolve/readInput.ts',
    'engine/resolve/resolveCollateral.ts',
    'engine/collateral/compileLendingUnit.ts',
    'engine/collateral/evaluateScenario.ts',
    'engine/collateral/forecastLiquidation.ts',
    'engine/collateral/isPledged.ts',
    'engine/collateral/lendingUnitBreakpoints.ts',
    'engine/collateral/morphoIncentive.ts',
    'engine/collateral/forecast/liquidateAave.ts',
    'engine/collateral/forecast/liquidateMorpho.ts',
    'engine/collateral/lending-case/readLendingCase.ts',
  ]),
  ...files('words for people; what has none is shown by its own name', ['web/text/names.ts']),
}

function files(why: string, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, why]))
}

const words = [
  ...['aave', 'morpho', 'comet', 'compound-?v3', 'chainlink', 'uniswap', 'walletTokens', 'stata', 'vaultV2'],
  ...[...protocolNames, ...entryKeys].map((name) => `['"\`]${name}`),
]
const named = new RegExp(words.join('|'), 'i')

const sources = ['abis', 'cli', 'config', 'engine', 'src', 'web'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
)
const shared = [...sources, 'ponder.schema.ts', 'ponder.config.ts'].filter((file) => !own.test(file))

const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '')

describe('protocols outside their own folders', () => {
  it('are named by the registries and by those who have a reason', () => {
    const naming = shared.filter((file) => named.test(withoutComments(readFileSync(join(root, file), 'utf8'))))
    expect(naming.filter((file) => !registries.includes(file)).sort()).toEqual(Object.keys(elsewhere).sort())
    expect(naming).toEqual(expect.arrayContaining(registries))
    const decision = readFileSync(join(root, 'docs/decisions/0017-who-may-name-a-protocol.md'), 'utf8')
    expect(decision).toContain('Twenty-one files are')
    expect(Object.keys(elsewhere)).toHaveLength(21)
  })

  it('would be noticed', () => {
    for (const code of ["protocol === 'wallet'", 'config.aaveV3.length', "import { x } from './comet'"])
      expect(named.test(withoutComments(code)), code).toBe(true)
    expect(named.test(withoutComments('const rate = 1 // as Aave does'))).toBe(false)
  })

  it('have a folder each, and a list of the configuration each', () => {
    const folders = readdirSync(join(root, 'src/protocols'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    expect(folders).toHaveLength(entryKeys.length)
    const names = Object.values(entries).flatMap(({ protocols }) => protocols)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(expect.arrayContaining([...shareProtocols, heldPlainly]))
    for (const vault of [
      { shape: 'metaMorpho', market: null },
      { shape: 'stata', market: '0x' },
    ])
      expect(names).toContain(keptIn(vault))
  })
})
