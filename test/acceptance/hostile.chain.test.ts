import { type Address, parseUnits } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractCall } from '../../devnet/chain/contractCall'
import { deployContract } from '../../devnet/chain/deployContract'
import { readContract } from '../../devnet/chain/readContract'
import type { Contract } from '../../devnet/chain/types'
import { compileVaultContracts } from '../../devnet/compile/vaultContracts'
import type { ConfigFile } from '../../devnet/describeConfig'
import { approve } from '../../devnet/operations/approve'
import { depositToVault } from '../../devnet/operations/depositToVault'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { type Stack, startStack } from '../src/api/support/startStack'

interface Row {
  readonly asset: string | null
  readonly market: string
  readonly amount: string
  readonly decimals: number
  readonly marketValue: string | null
  readonly reasonCode: string | null
  readonly credit: string
  readonly path: readonly string[]
}

interface Body {
  readonly complete: boolean
  readonly collateral: readonly Row[]
  readonly missing: readonly { readonly scope: string; readonly id: string; readonly reasonCode: string }[]
}

interface Coverage {
  readonly chains: Readonly<
    Record<
      string,
      {
        readonly deployments: readonly {
          readonly address: string
          readonly indexed: boolean
          readonly detail: string | null
        }[]
        readonly tokens: readonly { readonly address: string; readonly symbol: string }[]
      }
    >
  >
}

const heartbeatSeconds = 600
const price = 2_00000000n
const huge = 2n ** 255n
const html = '<img src=x onerror=alert(1)>'

/** Tokens by what is wrong with them: decimals, symbol, how much there is, and what their price source says. */
const tokens = {
  NONE: { decimals: 0, held: 7n },
  TWO: { decimals: 2, held: 700n },
  MANY: { decimals: 36, held: 7n * 10n ** 36n },
  HUGE: { decimals: 18, held: huge },
  LONG: { decimals: 6, held: 7_000_000n, symbol: ['A', 20] },
  HTML: { decimals: 6, held: 7_000_000n, symbol: [html, 0] },
  ZERO: { decimals: 6, held: 7_000_000n, feed: [0n, 0] },
  NEGATIVE: { decimals: 6, held: 7_000_000n, feed: [-1n, 0] },
  REVERTING: { decimals: 6, held: 7_000_000n, feed: [price, 1] },
  BURNING: { decimals: 6, held: 7_000_000n, feed: [price, 2] },
  STOPPED: { decimals: 6, held: 7_000_000n, feed: [price, 'stops'] },
} as const
type Name = keyof typeof tokens
const names = Object.keys(tokens) as Name[]

/** Vaults by their mode: what they do when asked what shares are worth. */
const modes = { HONEST: 0, REVERTS: 1, BURNS: 2, BOASTS: 3, FLOODS: 4 } as const
type Mode = keyof typeof modes

describe('contracts that are as hostile as they can be', () => {
  let stack: Stack
  let account: Address
  const deployed = new Map<string, Contract>()
  const chain = () => stack.devnet.chain('alpha')
  const at = (name: string) => deployed.get(name)!
  const lower = (name: string) => at(name).address.toLowerCase()

  beforeAll(async () => {
    stack = await startStack({ seed: 71, chains: 1, content: 'empty', stayInPast: true })
    account = stack.devnet.actors[1]!.address
    const artifacts = await compileVaultContracts(() => {})
    const owner = stack.devnet.owner.address
    const usdc = chain().contracts.tokens.USDC
    for (const name of names) {
      const { decimals, symbol = [name, 0] } = tokens[name] as { decimals: number; symbol?: readonly [string, number] }
      deployed.set(name, await deployContract(chain(), owner, artifacts.HostileToken, [...symbol, decimals]))
      deployed.set(`${name} feed`, await deployContract(chain(), owner, artifacts.HostileFeed, [price]))
    }
    for (const mode of Object.keys(modes))
      deployed.set(mode, await deployContract(chain(), owner, artifacts.HostileVault, [usdc.address, mode]))
    deployed.set('EMPTY', await deployContract(chain(), owner, artifacts.HostileVault, [usdc.address, 'EMPTY']))
    deployed.set('HOLLOW', await deployContract(chain(), owner, artifacts.HostileVault, [usdc.address, 'HOLLOW']))
    deployed.set('GUTTED', await deployContract(chain(), owner, artifacts.PlainVault, [usdc.address, 'GUTTED']))
    deployed.set('REBASES', await deployContract(chain(), owner, artifacts.HostileToken, ['REB', 0, 9]))
    await chain().mine()
    await stack.restart(withHostiles)
    for (const name of names) await chain().send(contractCall(owner, at(name), 'mint', [account, tokens[name].held]))
    await chain().send(mintTokens(usdc, account, parseUnits('100', 6)))
    for (const mode of Object.keys(modes)) {
      await chain().send(mintTokens(usdc, at(mode).address, parseUnits('50', 6)))
      await chain().send(contractCall(owner, at(mode), 'conjure', [account, parseUnits('10', 6)]))
    }
    await empty(usdc)
    await turn()
    await chain().mine()
    // Only once they have been believed does the time pass in which some of them stop.
    await chain().mine({ timestamp: (await chain().timestamp()) + 2 * heartbeatSeconds })
    for (const name of names) await answer(name, 'stops')
    for (let block = 0; block < 12; block++) await chain().mine()
    await stack.indexed()
  }, 200_000)

  afterAll(() => stack?.stop())

  /** Shares remain of vaults that have nothing left, with virtual shares and without. */
  async function empty(usdc: Contract): Promise<void> {
    const gutted = at('GUTTED')
    const deposited = parseUnits('10', 6)
    await chain().send(contractCall(stack.devnet.owner.address, at('HOLLOW'), 'conjure', [account, deposited]))
    await chain().send(mintTokens(usdc, account, deposited))
    await chain().send(approve(usdc, account, gutted.address))
    await chain().send(depositToVault(gutted, account, deposited))
    await chain().send(contractCall(gutted.address, usdc, 'transfer', [stack.devnet.owner.address, deposited]))
  }

  /** Every contract begins to do what it is here for. */
  async function turn(): Promise<void> {
    const owner = stack.devnet.owner.address
    for (const mode of Object.keys(modes) as Mode[])
      await chain().send(contractCall(owner, at(mode), 'setMode', [modes[mode]]))
    for (const name of names) await answer(name, null)
  }

  /** @param skipped price sources of this mode say nothing any more. */
  async function answer(name: Name, skipped: string | null): Promise<void> {
    const [value, mode] = (tokens[name] as { feed?: readonly [bigint, number | string] }).feed ?? [price, 0]
    if (mode === skipped) return
    const sent = typeof mode === 'number' ? mode : 0
    await chain().send(contractCall(stack.devnet.owner.address, at(`${name} feed`), 'set', [value, sent]))
  }

  function withHostiles(config: ConfigFile): ConfigFile {
    const [name, alpha] = Object.entries(config.chains!)[0]!
    const asset = { class: 'largeAlt', riskGroup: 'HOSTILE', issuer: null, redeemsTo: null, bridge: {} } as const
    const vaults = [...Object.keys(modes), 'EMPTY', 'HOLLOW', 'GUTTED'].map((mode) => ({
      address: at(mode).address,
      shape: 'standard' as const,
      curator: null,
      refreshBlocks: 2,
      startBlock: 0,
    }))
    return {
      ...config,
      chains: {
        [name]: {
          ...alpha,
          erc4626: vaults,
          chainlink: [
            ...alpha.chainlink!,
            ...names.map((base) => ({ proxy: at(`${base} feed`).address, base, quote: 'USD', heartbeatSeconds })),
          ],
          walletTokens: [
            ...alpha.walletTokens!,
            ...names.map((each) => ({ address: at(each).address, asset: each, rebasing: false })),
            { address: at('REBASES').address, asset: 'REBASES', rebasing: true },
          ],
        },
      },
      assets: {
        ...config.assets,
        ...Object.fromEntries(names.map((each) => [each, { ...asset, tokens: { [name]: at(each).address } }])),
      },
    }
  }

  async function ask<Answer>(path: string): Promise<Answer> {
    const response = await stack.get(path)
    const text = await response.text()
    expect(response.status, text).toBe(200)
    return JSON.parse(text)
  }

  const figure = async () =>
    ask<Body>(
      `/v1/accounts/${account.toLowerCase()}/collateral?finality=latest&at=alpha:${await chain().client.getBlockNumber()}`,
    )

  it('stop no indexer', async () => {
    const pid = stack.indexerPid('alpha')
    await chain().mine()
    await stack.indexed()
    expect(stack.indexerPid('alpha')).toBe(pid)
  })

  it('are each a reasoned gap in an answer that counts everything else', async () => {
    const { collateral, missing, complete } = await figure()
    expect(complete).toBe(false)
    const row = (asset: string) => collateral.find((each) => each.asset === asset && each.path[1] === 'wallet')!
    for (const [asset, decimals] of [
      ['NONE', 0],
      ['TWO', 2],
      ['MANY', 36],
      ['LONG', 6],
      ['HTML', 6],
    ] as const)
      expect(row(asset), asset).toMatchObject({ decimals, marketValue: '14.00000000', reasonCode: null })
    expect(row('USDC')).toMatchObject({ amount: '100000000', reasonCode: null })
    for (const [asset, reasonCode] of [
      ['HUGE', 'PRICE_ABSURD'],
      ['ZERO', 'PRICE_ABSURD'],
      ['NEGATIVE', 'PRICE_ABSURD'],
      ['REVERTING', 'PRICE_STALE'],
      ['BURNING', 'PRICE_STALE'],
      ['STOPPED', 'PRICE_STALE'],
    ] as const) {
      expect(row(asset), asset).toMatchObject({ reasonCode, credit: '0.00000000' })
      expect(missing, asset).toContainEqual(expect.objectContaining({ scope: 'price', id: asset, reasonCode }))
    }
    expect(row('HUGE')).toMatchObject({ amount: String(huge), marketValue: null })
  })

  it('are vaults that cannot be valued, beside one that can', async () => {
    const { collateral, missing } = await figure()
    const ofVault = (mode: Mode) => collateral.find(({ market }) => market === lower(mode))
    // 50 in the vault for 10 shares, less the unit that is nobody's.
    expect(ofVault('HONEST')).toMatchObject({ asset: 'USDC', amount: '49999996', reasonCode: null })
    for (const mode of ['REVERTS', 'BURNS'] as const) {
      expect(ofVault(mode), mode).toBeUndefined()
      expect(missing, mode).toContainEqual(
        expect.objectContaining({ scope: 'vault', id: lower(mode), reasonCode: 'VAULT_REVERTED' }),
      )
    }
    // A megabyte of nothing says that shares are worth nothing.
    expect(ofVault('FLOODS')).toMatchObject({ amount: '0', credit: '0.00000000' })
    expect(ofVault('BOASTS')).toMatchObject({ marketValue: null, reasonCode: 'PRICE_ABSURD', credit: '0.00000000' })
  })

  it('are vaults with nothing in them, whose shares are worth nothing and not unknown', async () => {
    const { collateral, missing } = await figure()
    for (const vault of ['HOLLOW', 'GUTTED']) {
      expect(await readContract(chain(), at(vault), 'totalAssets'), vault).toBe(0n)
      expect(
        collateral.find(({ market }) => market === lower(vault)),
        vault,
      ).toMatchObject({ asset: 'USDC', amount: '0', marketValue: '0.00000000', credit: '0.00000000', reasonCode: null })
    }
    expect(await readContract(chain(), at('EMPTY'), 'totalSupply')).toBe(0n)
    expect(collateral.find(({ market }) => market === lower('EMPTY'))).toBeUndefined()
    expect(missing.map(({ id }) => id)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(`${lower('EMPTY')}|${lower('HOLLOW')}|${lower('GUTTED')}`)]),
    )
    const { chains } = await ask<Coverage>('/v1/coverage')
    for (const vault of ['EMPTY', 'HOLLOW', 'GUTTED'])
      expect(chains.alpha!.deployments, vault).toContainEqual(
        expect.objectContaining({ address: lower(vault), indexed: true }),
      )
    const response = await fetch(`${stack.server.url}/v1/margin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ addresses: [account.toLowerCase()], finality: 'latest' }),
    })
    const text = await response.text()
    expect(response.status, text).toBe(200)
    expect(text).not.toMatch(/NaN|Infinity/)
  })

  it('show no more of their symbols than can be printed, and say why they are not counted', async () => {
    const { chains } = await ask<Coverage>('/v1/coverage')
    const symbolOf = (name: Name) => chains.alpha!.tokens.find(({ address }) => address === lower(name))!.symbol
    expect(symbolOf('LONG')).toBe('A'.repeat(64))
    expect(symbolOf('HTML')).toBe(html)
    const rebases = chains.alpha!.deployments.find(({ address }) => address === lower('REBASES'))
    expect(rebases).toMatchObject({ indexed: false, detail: expect.stringContaining('rebases') })
  })

  it('are believed again when they behave', async () => {
    const owner = stack.devnet.owner.address
    for (const mode of Object.keys(modes)) await chain().send(contractCall(owner, at(mode), 'setMode', [0]))
    for (const name of names) await chain().send(contractCall(owner, at(`${name} feed`), 'set', [price, 0]))
    // What was silent is asked again in every twentieth block.
    for (let block = 0; block < 21; block++) await chain().mine()
    await stack.indexed()
    const { missing, collateral } = await figure()
    expect(missing.map(({ id }) => id)).toEqual(['HUGE'])
    expect(collateral.find(({ market }) => market === lower('BURNS'))).toMatchObject({ amount: '49999996' })
  })
})
