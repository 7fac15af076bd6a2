import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../../..')

export interface RunningDemo {
  readonly url: string
  stop(): Promise<void>
}

/** Runs the demo as a user does, from the build, until it says that it is ready. */
export async function startDemo(): Promise<RunningDemo> {
  await run('scripts/build.mjs')
  const child = spawn(process.execPath, ['dist/crossmargin.js', 'demo', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const progress: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => progress.push(line))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = /^ready (http\S+)$/.exec(line)
      if (ready !== null) resolve(ready[1]!)
    })
    child.once('exit', (code) =>
      reject(new Error(`the demo ended with ${code} before it was ready:\n${progress.slice(-20).join('\n')}`)),
    )
  })
  return {
    url,
    async stop() {
      child.kill('SIGINT')
      await exited
    },
  }
}

async function run(script: string): Promise<void> {
  const child = spawn(process.execPath, [script], { cwd: root, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${script} ended with ${code}`)
}
