import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const web = join(import.meta.dirname, '../../../web')

/** Bundles the page as it is shipped, into a folder of its own. */
export async function buildPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'crossmargin-web-'))
  await build({
    entryPoints: [join(web, 'main.ts'), join(web, 'book.ts'), join(web, 'style.css')],
    outdir: folder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  })
  for (const file of ['index.html', 'book.html', 'icon.svg']) copyFileSync(join(web, file), join(folder, file))
  return folder
}
