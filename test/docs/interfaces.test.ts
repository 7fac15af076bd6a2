import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../config/load'
import { configSchema } from '../../config/schema'
import * as facts from '../../ponder.schema'
import { reasonCodes } from '../../src/api/protocols/reading'
import { Problem, problemBody } from '../../src/api/wire/problem'
import { codeBlocks, codeWords, filesUnder, markdownFiles, readText, section, tableRows } from './support'

const scripts = (JSON.parse(readText('package.json')) as { scripts: Record<string, string> }).scripts
const commands = [...readText('cli/main.ts').matchAll(/(?:\.command|serving|tool)\(\s*(?:\w+,\s*)?'([a-z-]+)/g)].map(
  (match) => match[1]!,
)

/** Whether an npm script is there and, when it runs a command of ours, that command too. */
function runs(script: string): boolean {
  const command = /^node dist\/crossmargin\.js ([a-z]+)/.exec(scripts[script] ?? '')?.[1]
  return script in scripts && (command === undefined || commands.includes(command))
}

/** Text of the code that may read a variable or define a word. */
function sources(...folders: readonly string[]): string {
  return folders
    .flatMap(filesUnder)
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map(readText)
    .join('\n')
}

describe('commands named in the documents', () => {
  const texts = markdownFiles().map((file) => ({ file, text: readText(file) }))

  it('exist as npm scripts, and what those run exists', () => {
    const named = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/npm run ([a-z]+)/g)].map((match) => ({ file, script: match[1]! })),
    )
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(({ script }) => !runs(script))).toEqual([])
  })

  it('exist as commands of crossmargin', () => {
    const named = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/`(?:npx )?crossmargin ([a-z]+)/g)].map((match) => ({ file, command: match[1]! })),
    )
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter(({ command }) => !commands.includes(command))).toEqual([])
  })

  it('have the flags that are documented for them', () => {
    const documented = tableRows(section('docs/interfaces.md', 'Commands')).flatMap(
      ([, flags]) => flags!.match(/--[a-z]+/g) ?? [],
    )
    const code = sources('cli', 'simulator', 'devnet', 'bench')
    expect(
      [...new Set(documented)].filter((flag) => !new RegExp(`${flag}\\b|\\b${flag.slice(2)}: \\{ type`).test(code)),
    ).toEqual([])
  })
})

describe('environment', () => {
  it('documents the variables that are read, and no others', () => {
    const documented = tableRows(section('docs/interfaces.md', 'Environment')).map(([name]) => codeWords(name!)[0]!)
    const code = sources('cli', 'src', 'config', 'devnet', 'scripts')
    const read = new Set(
      [...code.matchAll(/\b(?:CROSSMARGIN_[A-Z_]+|DATABASE_(?:READ_)?URL|LOG_LEVEL)\b/g)].map(([name]) => name),
    )
    // How the supervisor hands a chain to its indexer; not for others to set.
    read.delete('CROSSMARGIN_INDEXER')
    expect([...read].sort()).toEqual([...documented].sort())
  })
})

describe('the configuration file', () => {
  const text = section('docs/interfaces.md', 'The configuration file')

  it('accepts the example', () => {
    const [example] = codeBlocks(text, 'json')
    const config = parseConfig(JSON.parse(example!), 'docs/interfaces.md')
    expect(Object.keys(config.chains)).toEqual(['alpha'])
  })

  it('explains every key there is', () => {
    const chain = configSchema.shape.chains.unwrap().valueType
    const keys = [...Object.keys(configSchema.shape), ...Object.keys(chain.shape)]
    const explained = tableRows(text)
      .map(([key]) => key)
      .join(' ')
    expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(explained) && key !== 'builtin')).toEqual([])
    expect(text).toContain('`"builtin": false`')
  })
})

describe('routes', () => {
  const served = filesUnder('src/api/routes').flatMap((file) =>
    [...readText(file).matchAll(/app\.(get|post|put|delete)\('(\/[^'{]*)'/g)].map(
      ([, method, path]) => `${method!.toUpperCase()} ${path!.replace(/:(\w+)/g, '{$1}')}`,
    ),
  )

  it('documents every route that is served, and no others', () => {
    const documented = tableRows(section('docs/interfaces.md', 'HTTP')).flatMap(([routes]) => codeWords(routes!))
    const page = ['GET /', 'GET /book', 'GET /:file'].map((route) => route.replace(/:(\w+)/g, '{$1}'))
    expect(served.filter((route) => !page.includes(route)).sort()).toEqual([...documented].sort())
  })

  it('uses only such routes in the guide', () => {
    const used = [...readText('docs/api.md').matchAll(/8787(\/[^\s"?]+)/g)].map((match) =>
      match[1]!.replace('$ACCOUNT', '{account}').replace('0x12', '{account}'),
    )
    expect(used.length).toBeGreaterThan(5)
    expect(used.filter((path) => !served.some((route) => route.endsWith(` ${path}`)))).toEqual([])
  })

  it('shows a problem as the API writes it', () => {
    const [example] = codeBlocks(section('docs/api.md', 'When it goes wrong'), 'json')
    expect(problemBody(new Problem('BAD_ADDRESS', '…', '/account'))).toEqual(JSON.parse(example!))
  })
})

describe('codes', () => {
  it('documents the problem codes of the API, with their status', () => {
    const source = /const statusOf = \{([\s\S]*?)\}/.exec(readText('src/api/wire/problem.ts'))![1]!
    // A problem may say a status of its own.
    const others = [...sources('src/api').matchAll(/new Problem\('([A-Z_]+)', [^\n]*, (\d{3})\)/g)]
    const defined = [...source.matchAll(/([A-Z_]+): (\d+)/g)].map(([, code, status]) => {
      const own = others.filter((match) => match[1] === code).map((match) => match[2]!)
      return `${code} ${[...new Set([status!, ...own])].join(', ')}`
    })
    const documented = tableRows(section('docs/interfaces.md', 'Problem codes')).map(
      ([code, status]) => `${codeWords(code!)[0]} ${status}`,
    )
    expect([...documented].sort()).toEqual(defined.sort())
  })

  it('documents every reason code the API can give', () => {
    const documented = tableRows(section('docs/interfaces.md', 'Reason codes')).map(([code]) => codeWords(code!)[0]!)
    expect([...documented].sort()).toEqual([...reasonCodes].sort())
  })
})

describe('facts', () => {
  const tables = Object.values(facts).map((table) => getTableConfig(table as unknown as PgTable))
  const documented = tableRows(section('docs/interfaces.md', 'Facts')).map(([name, columns]) => ({
    name: codeWords(name!)[0]!,
    columns: codeWords(columns!),
  }))
  const stamp = ['chain_id', 'block_number', 'block_timestamp']

  it('documents every table that has a history, and no table that is not there', () => {
    const names = tables.map(({ name }) => name)
    const kept = names.filter((name) => name.endsWith('_history')).map((name) => name.replace(/_history$/, ''))
    expect(kept.filter((name) => !documented.some((row) => row.name === name))).toEqual([])
    expect(documented.filter(({ name }) => !names.includes(name))).toEqual([])
  })

  it('promises no column that is not there, in the table or in its history', () => {
    const missing = documented.flatMap((row) =>
      tables
        .filter(({ name }) => name.replace(/_history$/, '') === row.name)
        .flatMap(({ name, columns }) => {
          const present = columns.map((column) => column.name)
          const promised = name === 'block' ? row.columns : [...stamp, ...row.columns]
          return promised.filter((column) => !present.includes(column)).map((column) => `${name}.${column}`)
        }),
    )
    expect(missing).toEqual([])
  })

  it('has a history for every table it says has one', () => {
    const names = tables.map(({ name }) => name)
    const without = documented.map(({ name }) => name).filter((name) => !names.includes(`${name}_history`))
    expect(without.sort()).toEqual(['block', 'opening', 'token'])
  })
})
