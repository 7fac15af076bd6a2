// Builds dist/indexer: the project that Ponder is started in.
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** The folder of a package makes Ponder load it as Node does; whatever else it executes goes through vite, file by file. */
const packageName = 'crossmargin-indexer'

/**
 * Ponder wants its files by these names; each is a line that leads into the package. The API is Ponder's own and loads nothing.
 * (Measured: from its start to the first indexed block an indexer takes 4.6 s of a processor so, 9.1 s from the sources.)
 */
const entries = {
  'ponder.config.ts': `export { default } from '${packageName}/ponder.config.mjs'\n`,
  'ponder.schema.ts': `export * from '${packageName}/ponder.schema.mjs'\n`,
}

/**
 * @param esbuild the bundler; it is missing where the project was installed without development dependencies.
 * @param root the project.
 * @param folder where to build.
 */
export async function buildIndexer(esbuild, root, folder) {
  const bundle = (outdir, extension, files) =>
    esbuild.build({
      absWorkingDir: root,
      entryPoints: files.map((file) => ({ in: join(root, file), out: basename(file, '.ts') })),
      outdir,
      outExtension: { '.js': extension },
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      plugins: [modules],
      sourcemap: true,
      sourcesContent: false,
      logLevel: 'warning',
    })
  const home = join(folder, 'node_modules', packageName)
  await mkdir(join(folder, 'src', 'api'), { recursive: true })
  await Promise.all([
    ...Object.entries(entries).map(([file, text]) => writeFile(join(folder, file), text)),
    copyFile(join(root, 'src/api/index.ts'), join(folder, 'src/api/index.ts')),
    bundle(home, '.mjs', ['ponder.config.ts', 'ponder.schema.ts', 'src/registerHandlers.ts']),
    bundle(join(folder, 'src'), '.js', ['src/index.ts']),
  ])
  await writeFile(join(home, 'package.json'), `${JSON.stringify({ name: packageName, type: 'module' })}\n`)
}

/** Packages stay where they are: Ponder's own are the same. So does the schema, as Ponder knows a table by its identity. */
const modules = {
  name: 'modules',
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, ({ path }) => ({ path, external: true }))
    builder.onResolve({ filter: /\/(ponder\.schema|registerHandlers)$/ }, ({ path }) => ({
      path: `${packageName}/${basename(path)}.mjs`,
      external: true,
    }))
  },
}
