import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Who may import what. The first rule whose `room` matches a file governs it; `may` are prefixes of modules or of paths in the project. */
type Rule = { readonly room: RegExp; readonly may: readonly string[] }

const node = 'node:'
const transitions = ['morpho-blue', 'compound-v3'].map((protocol) => `src/protocols/${protocol}/transitions`)
const rules: readonly Rule[] = [
  { room: /^engine\//, may: ['engine/'] },
  { room: /^src\/math\//, may: ['src/math/'] },
  { room: /^src\/protocols\/[^/]+\/transitions[^/]*\.ts$/, may: ['src/math/', 'src/positions/types', '<own>'] },
  {
    room: /^src\/protocols\/[^/]+\//,
    may: [
      'abis/',
      'src/chains',
      'src/positions/',
      'src/math/',
      'src/runtime',
      'viem',
      'ponder',
      'config/schema',
      'config/fields',
      'zod',
      '<own>',
      '<shape>',
    ],
  },
  { room: /^src\/positions\//, may: ['src/positions/', 'src/math/', 'viem', 'ponder', 'src/runtime'] },
  {
    room: /^src\/api\/read\//,
    may: [
      'src/api/read/',
      'src/protocols/names',
      'ponder.schema',
      'ponder',
      'drizzle-orm',
      'pg',
      'p-queue',
      'viem',
      'config/',
      node,
    ],
  },
  { room: /^src\/api\/protocols\//, may: ['src/api/protocols/', 'src/api/facts', 'src/math/', 'viem'] },
  {
    room: /^src\/api\/routes\//,
    may: ['src/api/', 'engine/', 'hono', '@hono/', 'zod', 'config/', node],
  },
  {
    room: /^src\/api\//,
    may: [
      'src/api/',
      'engine/',
      'config/',
      'src/math/',
      'src/chains',
      'src/protocols/entries',
      'src/protocols/entry',
      'src/protocols/names',
      'hono',
      '@hono/',
      'zod',
      'viem',
      'canonicalize',
      'prom-client',
      'pino',
      'p-queue',
      node,
    ],
  },
  {
    room: /^src\//,
    may: [
      'src/protocols/',
      'src/positions/',
      'src/math/',
      'src/chains',
      'src/runtime',
      'src/resolveChain',
      'src/registerHandlers',
      'config/',
      'abis/',
      'viem',
      'ponder',
      'zod',
      node,
    ],
  },
  { room: /^views\//, may: ['views/', 'abis/', 'src/runtime/isSilence', 'viem'] },
  {
    room: /^hydration\/protocols\//,
    may: ['hydration/', 'abis/', 'viem', 'src/protocols/aave-v3/configuration', ...transitions],
  },
  {
    room: /^hydration\//,
    may: ['hydration/', 'views/', 'src/api/read/', 'src/runtime/isSilence', 'pg', 'p-queue', 'viem', node],
  },
  {
    room: /^audit\/protocols\//,
    may: ['audit/', 'views/types', 'abis/', 'src/api/facts', 'src/api/protocols/', 'src/math/', 'viem', ...transitions],
  },
  {
    room: /^audit\//,
    may: ['audit/', 'views/', 'abis/', 'src/api/facts', 'src/api/read/', 'config/', 'drizzle-orm', 'pg', 'viem', node],
  },
  { room: /^abis\//, may: ['abis/', 'viem'] },
  { room: /^config\//, may: ['config/', 'src/chains', 'src/protocols/entries', 'zod', node] },
  { room: /^web\/verify\.ts$/, may: ['src/api/verify/verifyAnswer'] },
  { room: /^web\//, may: ['web/', 'engine/'] },
]

const rooms = ['engine', 'src', 'abis', 'audit', 'config', 'hydration', 'views', 'web']

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('engine/kernel/assembly/'))
}

/** Every module a file names, relative ones resolved to a path from the project's root. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const named = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]/g)]
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)]
  return [...named, ...dynamic].map((match) => {
    const specifier = match[1]!
    return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier
  })
}

function allowed(file: string, imported: string, rule: Rule): boolean {
  const own = /^src\/protocols\/[^/]+\//.exec(file)?.[0]
  return rule.may.some((prefix) => {
    if (prefix === '<own>') return own !== undefined && imported.startsWith(own)
    if (prefix === '<shape>') return ['src/protocols/protocol', 'src/protocols/entry'].includes(imported)
    return imported === prefix || imported.startsWith(prefix)
  })
}

describe('architecture', () => {
  const files = rooms.filter((room) => readdirSync(root).includes(room)).flatMap(sourceFiles)

  it('finds the source', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(files.some((file) => file.startsWith('engine/'))).toBe(true)
  })

  it('lets each room import only what its rule names', () => {
    const broken = files.flatMap((file) => {
      const rule = rules.find(({ room }) => room.test(file))
      if (rule === undefined) return [`${file}: no rule covers this file`]
      return importsOf(file)
        .filter((imported) => !allowed(file, imported, rule))
        .map((imported) => `${file} may not import ${imported}`)
    })
    expect(broken).toEqual([])
  })

  it('would notice a forbidden import', () => {
    const verdict = (file: string, imported: string) =>
      allowed(file, imported, rules.find(({ room }) => room.test(file))!)
    expect(verdict('engine/margin/margin.ts', 'viem')).toBe(false)
    expect(verdict('src/api/routes/margin.ts', 'drizzle-orm')).toBe(false)
    expect(verdict('src/protocols/aave-v3/handlers.ts', 'src/protocols/erc4626/transitions')).toBe(false)
    expect(verdict('src/protocols/aave-v3/transitions.ts', 'ponder:registry')).toBe(false)
    expect(verdict('audit/protocols/wallet.ts', 'src/api/read/database')).toBe(false)
    expect(verdict('hydration/protocols/tokens.ts', 'src/api/read/database')).toBe(false)
    expect(verdict('engine/margin/margin.ts', 'engine/types')).toBe(true)
  })

  it('keeps opinions out of what Ponder hashes', () => {
    const writeSide = files.filter((file) => file.startsWith('src/') && !file.startsWith('src/api/'))
    const broken = writeSide.filter((file) => importsOf(file).some((imported) => /^(engine|src\/api)\//.test(imported)))
    expect(broken).toEqual([])
  })

  it('lets nothing that could ask anybody into what checks an answer', async () => {
    /** What a bundle of the file holds, and what it would still load. */
    const reached = async (entry: string) => {
      const { metafile } = await build({
        absWorkingDir: root,
        entryPoints: [entry],
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'node',
        logLevel: 'silent',
      })
      return Object.values(metafile.outputs).flatMap(({ inputs, imports }) => [
        ...Object.keys(inputs).filter((file) => inputs[file]!.bytesInOutput > 0),
        ...imports.map(({ path }) => path),
      ])
    }
    const forbidden =
      /node_modules\/(pg|drizzle-orm|p-queue|hono|ws|isows|ponder)\/|viem\/_esm\/(clients|actions)\/|^node:(net|tls|https?|dns)/
    for (const entry of ['web/verify.ts', 'cli/commands/verify.ts']) {
      const files = await reached(entry)
      expect(files).toContain('engine/margin/margin.ts')
      expect(files.filter((file) => forbidden.test(file))).toEqual([])
    }
    expect((await reached('src/api/read/tierSource.ts')).some((file) => forbidden.test(file))).toBe(true)
  })

  it('keeps tests out of src, where Ponder would execute them', () => {
    expect(files.filter((file) => /^src\/.*\.(test|spec)\.ts$/.test(file))).toEqual([])
  })

  it('gives the engine no way to be nondeterministic', () => {
    const banned =
      /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|tanh|sinh|cosh|cbrt|hypot|random)\b|\*\*|\bDate\b(?!\.parse\()|\bprocess\b/
    const broken = files.filter((file) => {
      if (!file.startsWith('engine/')) return false
      const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      return banned.test(code)
    })
    expect(broken).toEqual([])
  })
})
