import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { projectRoot } from './projectRoot'

export interface CompilerOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, SolcContract>>>>
}

interface SolcContract {
  readonly abi: readonly unknown[]
  readonly evm: { readonly bytecode: { readonly object: string; readonly linkReferences: object } }
}

const workerSource = `
  const { parentPort, workerData } = require('node:worker_threads')
  const solc = require(workerData.compiler)
  parentPort.postMessage(solc.compile(workerData.input))
`

/**
 * Runs one standard-JSON compilation in a worker thread: the main thread stays free to answer signals, two units compile
 * side by side, and the compiler's process-wide exception handlers stay away from ours.
 */
export async function runCompiler(compiler: string, input: string): Promise<CompilerOutput> {
  const require = createRequire(join(projectRoot(), 'package.json'))
  const worker = new Worker(workerSource, {
    eval: true,
    workerData: { compiler: require.resolve(compiler), input },
    execArgv: [],
  })
  try {
    return await new Promise<CompilerOutput>((resolve, reject) => {
      worker.once('message', (output: string) => resolve(JSON.parse(output)))
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`${compiler} ended with code ${code} before it answered`)))
    })
  } finally {
    await worker.terminate()
  }
}
