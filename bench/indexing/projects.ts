import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { indexerProject } from '../../cli/supervisor/indexerProject'
import type { Indexer } from '../../src/runtime/indexer'

/** A Ponder project to run, with the environment it needs. */
export type Project = {
  readonly name: string
  readonly root: string
  readonly environment: Readonly<Record<string, string>>
}

const productRoot = join(import.meta.dirname, '../..')

/**
 * The product itself; the same, recording what each handler writes; and the bare handlers, which replay the record. The last two are little more
 * than references to the product's files, so that all of them index exactly the same.
 */
export function writeProjects(folder: string, indexer: Indexer): Record<'product' | 'recording' | 'bare', Project> {
  const description = join(folder, 'indexer.json')
  writeFileSync(description, JSON.stringify(indexer))
  const environment = { CROSSMARGIN_INDEXER: description, BENCH_RECORD: join(folder, 'record.json') }
  const write = (name: 'recording' | 'bare'): Project => {
    const root = join(folder, name)
    mkdirSync(join(root, 'src/api'), { recursive: true })
    const files = {
      'ponder.config.ts': `export { default } from '${productRoot}/ponder.config'`,
      'ponder.schema.ts': `export * from '${productRoot}/ponder.schema'`,
      'src/index.ts': `import '${productRoot}/bench/indexing/${name}Handlers'`,
      'src/api/index.ts': `export { default } from '${productRoot}/bench/indexing/emptyApi'`,
    }
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), `${text}\n`)
    return { name, root, environment }
  }
  return {
    product: { name: 'product', root: indexerProject(productRoot), environment },
    recording: write('recording'),
    bare: write('bare'),
  }
}
