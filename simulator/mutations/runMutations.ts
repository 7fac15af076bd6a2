import { simulate } from '../simulate'
import { mutatedCopy } from './mutatedCopy'
import { type Mutation, mutations } from './mutations'

export interface MutationResult {
  readonly name: string
  /** `null` when no seed found it. */
  readonly foundBySeed: number | null
  readonly operations: number
  readonly figure: string
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

/** Runs the simulator against each mutation until a seed finds it. */
export async function runMutations(options: MutationOptions): Promise<MutationResult[]> {
  const results: MutationResult[] = []
  for (const mutation of mutations.filter(({ name }) => name.includes(options.only ?? ''))) {
    const result = await hunt(mutation, options)
    options.report(result)
    results.push(result)
  }
  return results
}

async function hunt(
  mutation: Mutation,
  { root, seeds, operations, chains, progress }: MutationOptions,
): Promise<MutationResult> {
  const copy = mutatedCopy(root, mutation)
  try {
    let walked = 0
    for (const seed of seeds) {
      const { report } = await simulate({ seed, operations, chains, root: copy.root, progress })
      walked += report.operations
      if (report.drifts.length > 0) {
        return { name: mutation.name, foundBySeed: seed, operations: walked, figure: report.drifts[0]!.figure }
      }
      // A product that falls silent shows a mistake too, and says so itself; it is told apart from a wrong figure.
      if (report.failure !== null) {
        const figure = `no answer: ${report.failure.message.slice(0, 120)}`
        return { name: mutation.name, foundBySeed: seed, operations: walked, figure }
      }
    }
    return { name: mutation.name, foundBySeed: null, operations: walked, figure: '' }
  } finally {
    copy.remove()
  }
}
