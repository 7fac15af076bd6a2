import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type RunningIndexer = {
  readonly chain: string
  readonly pid: number
  readonly port: number
  readonly schema: string
}

/** What runs now; absent after a clean exit. Holds the database's address with its password, so only the owner can read it. */
export type RunState = {
  readonly pid: number
  readonly api: { readonly pid: number; readonly port: number; readonly url: string } | null
  readonly database: { readonly pid: number | null; readonly url: string } | null
  readonly indexers: readonly RunningIndexer[]
}

export function readRunFile(dataDirectory: string): RunState | undefined {
  try {
    return JSON.parse(readFileSync(runFilePath(dataDirectory), 'utf8')) as RunState
  } catch {
    return undefined
  }
}

/** Replaces the file in one step: a reader sees the state before or after, never a part. */
export function writeRunFile(dataDirectory: string, state: RunState): void {
  const path = runFilePath(dataDirectory)
  writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export function removeRunFile(dataDirectory: string): void {
  rmSync(runFilePath(dataDirectory), { force: true })
}

export function runFilePath(dataDirectory: string): string {
  return join(dataDirectory, 'run.json')
}
