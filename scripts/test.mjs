// `npm test`: build, style, fast tests, then the tests that start chains, databases and indexers: two files at a time, and one at a time those
// that say how soon something has to happen. Types and long calculations are tested beside them, with what time they leave.
// Arguments are passed to Vitest as filters. The last line sums up; anything that failed makes the exit code 1.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { constants, setPriority, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const filters = process.argv.slice(2)
const reports = await mkdtemp(join(tmpdir(), 'crossmargin-test-'))
const total = { passed: 0, failed: 0 }

process.on('SIGINT', () => undefined)
await check('build', 'node', ['scripts/build.mjs'])
await check('style', bin('biome'), ['check', '--error-on-warnings', '.'])
// By itself Vitest leaves a core to the terminal, which is half of a small machine.
await vitest('fast', ['--maxWorkers=100%', '--project=fast'])
await Promise.all([vitest('chain', ['--project=chain', '--project=timed']), beside()])
await rm(reports, { recursive: true, force: true })

process.stdout.write(`tests: ${total.passed} passed, ${total.failed} failed\n`)
process.exitCode = total.failed === 0 ? 0 : 1

/** What needs no chain and no hurry, printed when it is over. */
async function beside() {
  await check('types', bin('tsc'), ['--noEmit'], inBackground)
  await vitest('long', ['--maxWorkers=1', '--project=alone'], inBackground)
}

/** A step that either holds or counts as one failure. */
async function check(name, command, args, how = inForeground) {
  if ((await how(`\n── ${name}\n`, command, args)) === 0) return
  process.stdout.write(`── ${name} FAILED\n`)
  total.failed += 1
}

async function vitest(name, args, how = inForeground) {
  const report = join(reports, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const options = ['run', '--passWithNoTests', ...reporters, ...args, ...filters]
  const code = await how(`\n── ${name} tests\n`, bin('vitest'), options)
  const result = await readFile(report, 'utf8').then(JSON.parse, () => undefined)
  const failed = result === undefined ? 0 : result.numFailedTests + brokenFiles(result)
  total.passed += result?.numPassedTests ?? 0
  // A crash, or an error outside any test, leaves a code and no failed test.
  total.failed += failed === 0 && code !== 0 ? 1 : failed
}

/** Files that failed outside their tests: an import, a hook. */
function brokenFiles({ testResults }) {
  return testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
}

function bin(name) {
  return join(root, 'node_modules/.bin', name)
}

function inForeground(title, command, args) {
  process.stdout.write(title)
  return codeOf(spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }))
}

async function inBackground(title, command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  const printed = [title]
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => printed.push(text))
  const code = await codeOf(child)
  process.stdout.write(printed.join(''))
  return code
}

function codeOf(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
}
