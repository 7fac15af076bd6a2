// Builds everything that ships: the command line, the API server, the indexers and the page. npm runs it after `npm ci` (`prepare`).
import { chmod, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIndexer } from './build-indexer.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const started = performance.now()

const esbuild = await import('esbuild').catch(() => undefined)
if (esbuild === undefined) {
  // An install without development dependencies (`npm ci --omit=dev`) runs what was built before.
  const built = await exists(join(dist, 'crossmargin.js'))
  process.stderr.write(
    built
      ? 'build: esbuild is not installed, keeping dist/ as it is\n'
      : 'build: esbuild is not installed and dist/ is empty; run npm ci with development dependencies\n',
  )
  process.exit(0)
}

/**
 * Packages that are bundled: pure ones of many small files, which Node would otherwise read one by one at every start
 * (measured: `crossmargin start` loads in 0.5 s instead of 2.5 s). All others stay in node_modules.
 */
const bundled = /^(viem|ox|abitype|zod|hono|drizzle-orm|@hono|@noble|@scure)(\/|$)/

const packages = {
  name: 'packages',
  setup(build) {
    // Ponder's front door loads all of Ponder; outside its own process only these makers of descriptions are wanted.
    build.onResolve({ filter: /^ponder$/ }, () => ({ path: 'ponder', namespace: 'light-ponder' }))
    build.onLoad({ filter: /.*/, namespace: 'light-ponder' }, () => ({
      contents: "export * from './config/address.js'; export * from './drizzle/onchain.js'",
      resolveDir: join(root, 'node_modules/ponder/dist/esm'),
    }))
    build.onResolve({ filter: /^[^./]/ }, ({ path }) => {
      if (bundled.test(path) || path === 'ponder') return undefined
      return { path, external: true }
    })
  },
}

const staging = join(root, `dist.${process.pid}`)
try {
  await Promise.all([buildNode(), buildIndexer(esbuild, root, join(staging, 'indexer')), buildPage()])
  await install()
} catch (error) {
  // esbuild has said where and why.
  if (error.errors === undefined) throw error
  process.exitCode = 1
} finally {
  await rm(staging, { recursive: true, force: true })
}
if (process.exitCode !== 1) process.stderr.write(`build: done in ${Math.round(performance.now() - started)} ms\n`)

async function buildNode() {
  const entries = { crossmargin: 'cli/main.ts', api: 'src/api/serve.ts' }
  const present = []
  for (const [out, file] of Object.entries(entries)) {
    if (await exists(join(root, file))) present.push({ in: join(root, file), out })
  }
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: present,
    outdir: staging,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    plugins: [packages],
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  })
}

async function buildPage() {
  const web = join(root, 'web')
  if (!(await exists(join(web, 'main.ts')))) return
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [
      { in: join(web, 'main.ts'), out: 'main' },
      { in: join(web, 'book.ts'), out: 'book' },
      { in: join(web, 'verify.ts'), out: 'verify' },
    ],
    outdir: join(staging, 'web'),
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  })
  for (const entry of await readdir(web, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || ['.ts', '.md', '.json'].includes(extname(entry.name))) continue
    const from = join(entry.parentPath, entry.name)
    const to = join(staging, 'web', from.slice(web.length))
    await mkdir(dirname(to), { recursive: true })
    await copyFile(from, to)
  }
}

/** Moves each built file into place, so that a process started meanwhile finds a whole file; then drops what is no longer built. */
async function install() {
  const files = await filesUnder(staging)
  for (const file of files) {
    const to = join(dist, file)
    await mkdir(dirname(to), { recursive: true })
    await rename(join(staging, file), to)
  }
  const command = join(dist, 'crossmargin.js')
  if (await exists(command)) await chmod(command, 0o755)
  const current = new Set(files)
  const outdated = (await filesUnder(dist)).filter((file) => !current.has(file))
  for (const file of outdated.filter((file) => /^(chunks|web)\//.test(file))) {
    // A running process may still load a chunk of the build before; only chunks no build of the last hour made are dropped.
    const { mtimeMs } = await stat(join(dist, file))
    if (Date.now() - mtimeMs > 3_600_000) await rm(join(dist, file), { force: true })
  }
  // What an indexer is made of names the schema it writes to.
  for (const file of outdated.filter((file) => /^indexer\/.*js$/.test(file)))
    await rm(join(dist, file), { force: true })
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  )
}
