import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A run that found something once; the tests run it again. */
export interface RememberedSeed {
  readonly seed: number
  readonly operations: number
  readonly chains: number
  /** Where it found something: the walk is repeated up to here, or whole when it ended without an answer. */
  readonly block: number | null
  /** What it found, for people. */
  readonly found: string
}

const fileIn = (root: string) => join(root, 'simulator', 'seeds.json')

export function rememberedSeeds(root: string): readonly RememberedSeed[] {
  return JSON.parse(readFileSync(fileIn(root), 'utf8')) as RememberedSeed[]
}

/** Appends a run to the list, once. */
export function rememberSeed(root: string, remembered: RememberedSeed): void {
  const known = rememberedSeeds(root)
  const isKnown = known.some(
    ({ seed, operations, chains }) =>
      seed === remembered.seed && operations === remembered.operations && chains === remembered.chains,
  )
  if (!isKnown) writeFileSync(fileIn(root), `${JSON.stringify([...known, remembered], null, 2)}\n`)
}
