import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import getPort from 'get-port'
import type { Project } from './projects'

const ponder = join(import.meta.dirname, '../../node_modules/ponder/dist/esm/bin/ponder.js')

/** Runs a project until it has indexed its history; the seconds that took, by Ponder's own clock, without start-up. */
export async function timeBackfill(
  { name, root, environment }: Project,
  databaseUrl: string,
  schema: string,
): Promise<number> {
  const port = String(await getPort())
  const args = [ponder, 'start', '--root', root, '--schema', schema, '--port', port, '--log-format', 'json']
  const child = spawn(process.execPath, args, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: databaseUrl,
      PONDER_TELEMETRY_DISABLED: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => child.kill('SIGKILL')
  process.on('exit', end)
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const entry = line.startsWith('{') ? JSON.parse(line) : {}
      if (entry.level >= 50) throw new Error(`${name}: ${line}`)
      if (String(entry.msg).startsWith('Completed backfill indexing')) return entry.duration / 1000
    }
    throw new Error(`${name} ended before it had indexed its history`)
  } finally {
    process.off('exit', end)
    child.stdout.resume()
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
}
