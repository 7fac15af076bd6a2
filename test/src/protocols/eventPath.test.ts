import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../../cli/projectRoot'

const folder = join(projectRoot(), 'src/protocols/aave-v3/handlers')
/** Rare events: a reserve is listed or upgraded, an oracle or category set, an account that is older than the index is first seen. */
const mayAskTheChain = ['before.ts', 'emode.ts', 'listing.ts', 'oracle.ts']
const asks = /readContract|readMany|readToken|readSource|multicall|askAll|askMany/

it('asks the chain nothing on the path of everyday Aave events', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  const asking = files.filter((file) => asks.test(readFileSync(join(folder, file), 'utf8')))
  expect(asking.sort()).toEqual(mayAskTheChain)
  expect(files).toEqual(expect.arrayContaining(['accounts.ts', 'balances.ts', 'reserves.ts', 'stableDebt.ts']))
})
