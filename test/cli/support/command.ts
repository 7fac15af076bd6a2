import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { projectRoot } from '../../../cli/projectRoot'

const running = new Set<ChildProcess>()

export type Command = {
  readonly pid: number
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Resolves with the first line, past or to come, on either stream that matches; rejects when the command ends before. */
  line(pattern: RegExp): Promise<string>
  kill(signal: NodeJS.Signals): void
}

/** Builds dist/ as it is now; call in beforeAll. */
export function build(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: projectRoot(), stdio: 'pipe' })
}

/** Runs the built command line as a process of its own. */
export function crossmargin(args: readonly string[], environment: Record<string, string | undefined> = {}): Command {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) => !/^(CROSSMARGIN_|DATABASE_|LOG_LEVEL|PORT$|VITEST|NODE_ENV)/.test(key),
    ),
  )
  const child = spawn(process.execPath, ['dist/crossmargin.js', ...args], {
    cwd: projectRoot(),
    env: { ...clean, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const stdout: string[] = []
  const stderr: string[] = []
  const listeners = new Set<() => void>()
  const collect = (into: string[]) => (line: string) => {
    into.push(line)
    for (const listener of listeners) listener()
  }
  createInterface({ input: child.stdout }).on('line', collect(stdout))
  createInterface({ input: child.stderr }).on('line', collect(stderr))
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal })
    })
  })
  return {
    pid: child.pid!,
    stdout,
    stderr,
    exited,
    kill: (signal) => void child.kill(signal),
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = [...stdout, ...stderr].find((line) => pattern.test(line))
          if (found === undefined) return
          listeners.delete(look)
          resolve(found)
        }
        listeners.add(look)
        look()
        exited.then(() =>
          reject(new Error(`ended without ${pattern}:\n${[...stdout, ...stderr].slice(-15).join('\n')}`)),
        )
      }),
  }
}

/** Stops whatever a test left; call in afterAll. */
export async function endCommands(): Promise<void> {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise<void>((resolve) => {
          child.once('close', () => resolve())
          child.kill('SIGTERM')
          setTimeout(() => child.kill('SIGKILL'), 6_000).unref()
        }),
    ),
  )
}
