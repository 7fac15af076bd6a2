// Mutants of the engine by Stryker's instrumenter, all tests in one process: minutes of work where a runner per mutant takes hours.
// See docs/engine-tests.md. Usage: node scripts/mutation/mutateEngine.mjs FOLDER… [--again REPORT]
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

/** What changes a sign, a bound or an operator stays; what only changes texts, shapes of data or whole blocks does not. */
const EXCLUDED = ['StringLiteral', 'ObjectLiteral', 'ArrayDeclaration', 'BlockStatement', 'Regex']

/** Tests of other folders do not reach these mutants, or need Vitest's own runner. */
const LEFT_OUT = /engine\/(collateral|resolve|parameters|measures|math)\/|tick\.test|statistics\.test/

const REPORT = 'coverage/mutations.json'

const root = join(fileURLToPath(import.meta.url), '../../..')
const { values, positionals: folders } = parseArgs({ allowPositionals: true, options: { again: { type: 'string' } } })
if (folders.length === 0)
  throw new Error('name the folders to mutate, e.g. engine/margin engine/haircut engine/pricing')

const work = mkdtempSync(join(tmpdir(), 'crossmargin-mutants-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))
const print = process.stdout.write.bind(process.stdout)
const state = {}
Object.assign(globalThis, { tests: [], __stryker__: state })

const mutants = await plant()
const alive = values.again === undefined ? null : new Set(survivorsOf(readFileSync(values.again, 'utf8')).map(keyOf))
const chosen = alive === null ? mutants : mutants.filter((mutant) => alive.has(keyOf(mutant)))
await collect()
const tests = await baseline()
print(`${tests.length} tests, ${chosen.length} mutants\n`)
const results = []
for (const mutant of spread(chosen)) {
  results.push({ ...mutant, killedBy: await killerOf(mutant) })
  if (results.length % 50 === 0) report()
}
report()
for (const { file, line, mutator, replacement } of results.filter(({ killedBy }) => killedBy === null)) {
  print(`${file}:${line} ${mutator} ${replacement.replace(/\s+/g, ' ')}\n`)
}
process.exit(0)

/** Copies the tree with every mutant in it, each asleep until `state.activeMutant` names it. */
async function plant() {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter').catch(() => {
    throw new Error('install it first: npm install --no-save @stryker-mutator/instrumenter@9.5.1')
  })
  for (const folder of ['engine', 'test', 'cli', 'docs'])
    cpSync(join(root, folder), join(work, folder), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'))
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => ({
        name: join(work, folder, name),
        content: readFileSync(join(root, folder, name), 'utf8'),
        mutate: true,
      })),
  )
  const silent = { debug: () => undefined, info: () => undefined, isDebugEnabled: () => false }
  const options = { plugins: null, excludedMutations: EXCLUDED, ignorers: [], noHeader: false }
  const planted = await new Instrumenter(silent).instrument(files, options)
  for (const { name, content } of planted.files) writeFileSync(name, content)
  return planted.mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ id, fileName, mutatorName, replacement, location }) => ({
      id,
      file: relative(work, fileName),
      line: location.start.line + 1,
      column: location.start.column,
      mutator: mutatorName,
      replacement,
    }))
}

async function collect() {
  const folder = join(work, 'test')
  const files = readdirSync(folder, { recursive: true }).filter(
    (name) => /^(engine|cli)\//.test(name) && /vectors\.test|^engine\/.*\.test\.ts$/.test(name) && !LEFT_OUT.test(name),
  )
  const entry = join(folder, 'all.ts')
  writeFileSync(entry, files.map((name) => `import './${name.replace(/\.ts$/, '')}'\n`).join(''))
  const outfile = join(work, 'test/engine/margin/all.mjs')
  const alias = { vitest: join(root, 'scripts/mutation/vitestInProcess.mjs') }
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" }
  await build({
    entryPoints: [entry],
    outfile,
    alias,
    banner,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  process.chdir(root)
  await import(outfile)
}

/** Runs every test once without a mutant: what it costs, and which mutants it reaches. */
async function baseline() {
  const sound = []
  for (const [index, test] of globalThis.tests.entries()) {
    state.currentTestId = String(index)
    const { user, system } = process.cpuUsage()
    if (await fails(test)) print(`left out: ${test.name}\n`)
    else {
      const used = process.cpuUsage({ user, system })
      sound.push({ ...test, cost: used.user + used.system, reaches: state.mutantCoverage?.perTest[index] ?? {} })
    }
  }
  state.currentTestId = undefined
  return sound.sort((one, other) => one.cost - other.cost)
}

/** Name of the first test that notices a mutant, the cheapest ones first; `null` when none does. */
async function killerOf({ id }) {
  state.activeMutant = id
  let killer = null
  for (const test of tests) {
    const hits = test.reaches[id]
    if (hits === undefined) continue
    // A loop that no longer ends is noticed by how often it passes the mutant.
    state.hitCount = 0
    state.hitLimit = 1000 + 200 * hits
    if (await fails(test)) {
      killer = test.name
      break
    }
  }
  state.activeMutant = undefined
  return killer
}

async function fails({ run }) {
  process.stdout.write = process.stderr.write = () => true
  try {
    await run()
    return false
  } catch {
    return true
  } finally {
    process.stdout.write = print
    delete process.stderr.write
  }
}

/** Far apart ones first, so that an interrupted run has seen a fair sample. */
function spread(rows) {
  const stride = rows.length % 997 === 0 ? 991 : 997
  return rows.map((_, index) => rows[(index * stride) % rows.length])
}

function report() {
  const killed = results.filter(({ killedBy }) => killedBy !== null).length
  const share = ((100 * killed) / Math.max(1, results.length)).toFixed(2)
  print(`${results.length} of ${chosen.length}: ${killed} killed, ${share} %\n`)
  mkdirSync('coverage', { recursive: true })
  writeFileSync(REPORT, JSON.stringify(results, null, 1))
}

function survivorsOf(text) {
  return JSON.parse(text).filter(({ killedBy }) => killedBy === null)
}

function keyOf({ file, line, column, mutator, replacement }) {
  return JSON.stringify([file, line, column, mutator, replacement])
}
