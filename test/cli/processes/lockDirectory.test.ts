import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DirectoryInUseError, lockDirectory } from '../../../cli/processes/lockDirectory'
import { startTimeOf } from '../../../cli/processes/processInfo'

const fresh = () => mkdtempSync(join(tmpdir(), 'crossmargin-lock-'))

it('gives a directory to one holder and leaves nothing behind', () => {
  const directory = fresh()
  const release = lockDirectory(directory)
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError)
  expect(() => lockDirectory(directory)).toThrow(new RegExp(`${directory}.*${process.pid}.*CROSSMARGIN_DATA_DIR`))
  release()
  lockDirectory(directory)()
  expect(readdirSync(directory)).toEqual([])
})

it('takes over from a process that is gone, even when its id was given to another', async () => {
  const directory = fresh()
  const lock = (holder: object) => writeFileSync(join(directory, 'supervisor.lock'), JSON.stringify(holder))
  const child = spawn(process.execPath, ['-e', ''])
  const startTime = startTimeOf(child.pid!)
  await new Promise((resolve) => child.once('exit', resolve))
  lock({ pid: child.pid, startTime })
  lockDirectory(directory)()

  lock({ pid: process.pid, startTime: 'another time' })
  lockDirectory(directory)()

  lock({ pid: process.pid, startTime: startTimeOf(process.pid) })
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError)
})

it('takes over a lock file that was never finished', () => {
  const directory = fresh()
  writeFileSync(join(directory, 'supervisor.lock'), '{"pid":')
  lockDirectory(directory)()
})
