import { describe, expect, it } from 'vitest'
import { protocolNames } from '../../../cli/control/configuredProtocols'
import { readAgreement, readSince } from '../../../cli/control/readAgreement'
import { UsageError } from '../../../cli/UsageError'
import { parseConfig } from '../../../config/load'
import { protocols } from '../../../src/api/protocols/registry'

const account = `0x${'aa'.repeat(20)}`
const token = `0x${'11'.repeat(20)}`
const chain = { rpc: ['http://127.0.0.1:9'] }
const config = parseConfig(
  {
    builtin: false,
    chains: {
      alpha: { ...chain, chainId: 1, aaveV3: [{ name: 'main', addressesProvider: token, startBlock: 0 }] },
      beta: { ...chain, chainId: 2, walletTokens: [{ address: token, asset: 'WETH' }] },
    },
  },
  'test',
)
const flags = { venue: 'acme', account, control: 'enforceable' }

describe('an agreement on the command line', () => {
  it('is about every chain and protocol unless one is named', () => {
    expect(readAgreement(flags, config)).toEqual({
      venue: 'acme',
      account,
      chain: '*',
      protocol: '*',
      control: 'enforceable',
      unwindable: false,
    })
    expect(readAgreement({ ...flags, chain: 'alpha', protocol: 'aave-v3', unwindable: true }, config)).toMatchObject({
      chain: 'alpha',
      protocol: 'aave-v3',
      unwindable: true,
    })
  })

  it('takes checksummed addresses, in lower case from there on', () => {
    const checksummed = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045'
    expect(readAgreement({ ...flags, account: checksummed }, config).account).toBe(checksummed.toLowerCase())
  })

  const wrong: readonly [what: string, change: object, words: RegExp][] = [
    ['a wrong checksum', { account: '0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045' }, /--account.*checksum/],
    ['no address', { account: 'vitalik.eth' }, /--account.*vitalik/],
    ['a venue in capitals', { venue: 'Acme' }, /--venue is "Acme".*lower-case/],
    ['a venue of 41 letters', { venue: 'a'.repeat(41) }, /at most 40/],
    ['another kind of control', { control: 'full' }, /--control is "full".*none, notice, enforceable/],
    ['a chain that is not configured', { chain: 'gamma' }, /--chain gamma.*alpha, beta/],
    ['the name of a member every object has', { chain: 'constructor' }, /--chain constructor/],
    ['a protocol that is not configured', { protocol: 'morpho-blue' }, /--protocol morpho-blue.*aave-v3, wallet/],
    ['a protocol that is not on the chain', { chain: 'beta', protocol: 'aave-v3' }, /--protocol aave-v3.*are: wallet/],
    ['unwinding without control', { control: 'none', unwindable: true }, /--unwindable.*enforceable/],
    ['unwinding on notice', { control: 'notice', unwindable: true }, /--unwindable.*enforceable/],
  ]
  it.each(wrong)('refuses %s', (_, change, words) => {
    expect(() => readAgreement({ ...flags, ...change }, config)).toThrow(UsageError)
    expect(() => readAgreement({ ...flags, ...change }, config)).toThrow(words)
  })

  it('begins at a time with a zone', () => {
    expect(readSince(undefined)).toBeNull()
    expect(readSince('2026-01-31T13:00:00+01:00')).toBe(Date.UTC(2026, 0, 31, 12) / 1000)
    for (const text of ['tomorrow', '2026-01-31', '2026-01-31T12:00:00', '1960-01-01T00:00:00Z'])
      expect(() => readSince(text)).toThrow(/--since.*zone/)
  })

  it('can name every protocol that can be valued', () => {
    expect(Object.keys(protocols).filter((name) => !(protocolNames as readonly string[]).includes(name))).toEqual([])
  })
})
