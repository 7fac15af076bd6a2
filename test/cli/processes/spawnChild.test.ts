import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isAlive } from '../../../cli/processes/processInfo'
import { spawnChild } from '../../../cli/processes/spawnChild'
import { projectRoot } from '../../../cli/projectRoot'
import { until } from '../support/until'

const script = (code: string) => ({ command: process.execPath, args: ['-e', code] })

it('reports output by line and how the child ended', async () => {
  const lines: string[] = []
  const child = await spawnChild({
    ...script('console.log("one\\ntwo"); console.error("three"); process.exitCode = 75'),
    onStdout: (line) => lines.push(line),
    onStderr: (line) => lines.push(line),
  })
  expect(await child.exited).toEqual({ code: 75, signal: null })
  expect(lines.sort()).toEqual(['one', 'three', 'two'])
})

it('fails in words when the command does not exist', async () => {
  await expect(spawnChild({ command: '/nowhere/tool', args: [] })).rejects.toThrow(/ENOENT/)
})

it('asks first and kills a child that does not listen', async () => {
  const said: string[] = []
  const deaf = await spawnChild({
    ...script('process.on("SIGTERM", () => console.log("asked")); setInterval(() => {}, 1000); console.log("up")'),
    onStdout: (line) => said.push(line),
  })
  await until('the child', () => said.includes('up'))
  expect(await deaf.stop(300)).toEqual({ code: null, signal: 'SIGKILL' })
  expect(said).toContain('asked')
})

it('ends the child when the parent is killed, and the child’s guard with it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crossmargin-guard-'))
  const bundle = join(folder, 'parent.mjs')
  const entry = join(folder, 'parent.ts')
  writeFileSync(
    entry,
    `import { spawnChild } from '${projectRoot()}/cli/processes/spawnChild'
    const child = await spawnChild({ command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] })
    console.log(child.pid)`,
  )
  execFileSync(join(projectRoot(), 'node_modules/.bin/esbuild'), [
    ...[entry, '--bundle', '--platform=node', '--format=esm', `--outfile=${bundle}`],
  ])
  const parent = spawn(process.execPath, [bundle], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = Number(
    await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data)))),
  )
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await until('the end of the child', () => !isAlive(pid), 5_000)
  await until('the end of its guard', () => !guards().includes(`crossmargin-guard ${pid} `), 5_000)
})

function guards(): string {
  return execFileSync('sh', ['-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "; true'], { encoding: 'utf8' })
}
