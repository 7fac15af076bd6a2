import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Mutation } from './mutation'

/** Thrown when the code has changed so that a mutation no longer applies: mend the mutation. */
export class MutationDoesNotApplyError extends Error {
  override readonly name = 'MutationDoesNotApplyError'
  constructor(mutation: string, file: string) {
    super(`The mutation "${mutation}" does not apply: ${file} no longer contains the text it replaces, exactly once`)
  }
}

export interface MutatedCopy {
  readonly root: string
  remove(): void
}

const leftOut = new Set([
  'node_modules',
  '.git',
  '.cache',
  '.crossmargin',
  '.ponder',
  'coverage',
  'generated',
  'reports',
])

/** A built copy of the project in a temporary folder with the mutation in it; packages are shared with the original. */
export function mutatedCopy(root: string, mutation: Mutation): MutatedCopy {
  const copy = mkdtempSync(join(tmpdir(), 'crossmargin-mutation-'))
  const remove = () => {
    process.off('exit', remove)
    rmSync(copy, { recursive: true, force: true })
  }
  process.on('exit', remove)
  try {
    cpSync(root, copy, { recursive: true, filter: (source) => !leftOut.has(basename(source)) })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    for (const { file, find, replace } of mutation.edits) {
      const text = readFileSync(join(copy, file), 'utf8')
      if (text.split(find).length !== 2) throw new MutationDoesNotApplyError(mutation.name, file)
      writeFileSync(
        join(copy, file),
        text.replace(find, () => replace),
      )
    }
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: copy, stdio: 'ignore' })
    return { root: copy, remove }
  } catch (error) {
    remove()
    throw error
  }
}
