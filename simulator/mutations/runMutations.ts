import { ProductStartError } from '../product/startProduct'
import { describeFinding } from '../report'
import { simulate } from '../simulate'
import { mutatedCopy } from './mutatedCopy'
import type { Mutation } from './mutation'
import { mutations } from './mutations'

export interface MutationResult {
  readonly name: string
  /** `null` when no seed found it. */
  readonly foundBySeed: number | null
  readonly operations: number
  /** What drifted first. */
  readonly figure: string
  /** How runs ended in which the product stopped answering. Silence is no wrong figure: it finds nothing. */
  readonly silences: readonly string[]
}

export interface MutationOptions {
  readonly root: string
  readonly seeds: readonly number[]
  readonly operations: number
  readonly chains: number
  /** Only mutations whose name contains this. */
  readonly only?: string | undefined
  readonly progress: (line: string) => void
  readonly report: (result: MutationResult) => void
}

/** Runs the simulator against each mutation until a seed finds it: until a figure over HTTP differs from the contracts'. */
export async function runMutations(options: MutationOptions): Promise<MutationResult[]> {
  const results: MutationResult[] = []
  for (const mutation of mutations.filter(({ name }) => name.includes(options.only ?? ''))) {
    const result = await hunt(mutation, options)
    options.report(result)
    results.push(result)
  }
  return results
}

async function hunt(mutation: Mutation, options: MutationOptions): Promise<MutationResult> {
  const copy = mutatedCopy(options.root, mutation)
  const silences: string[] = []
  let walked = 0
  const result = (foundBySeed: number | null, figure: string): MutationResult => ({
    ...{ name: mutation.name, foundBySeed, operations: walked, figure, silences },
  })
  try {
    for (const seed of options.seeds) {
      const run = await runOn(copy.root, seed, options)
      if (typeof run === 'string') {
        silences.push(run)
        continue
      }
      walked += run.operations
      if (run.drifts.length > 0) return result(seed, run.drifts[0]!.figure)
      if (run.failure !== null) silences.push(describeFinding(run).join('; ').trim())
    }
    return result(null, '')
  } finally {
    copy.remove()
  }
}

/** The report, or in words why the product did not even start. */
async function runOn(root: string, seed: number, { operations, chains, progress }: MutationOptions) {
  try {
    const { report } = await simulate({ seed, operations, chains, root, progress })
    return report
  } catch (error) {
    if (error instanceof ProductStartError) return `seed ${seed}: ${error.message}`
    throw error
  }
}
