import { createRequire } from 'node:module'
import { join } from 'node:path'
import { projectRoot } from '../compile/projectRoot'

/** Thrown when the package with anvil's executable is absent. */
export class AnvilNotFoundError extends Error {
  override readonly name = 'AnvilNotFoundError'
  constructor(readonly packageName: string) {
    super(`The package ${packageName}, which holds anvil for this machine, is not installed: run npm ci`)
  }
}

/** Path of anvil's executable itself: npm's shim would be a second process that outlives a kill. */
export function anvilBinary(): string {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch
  const packageName = `@foundry-rs/anvil-${process.platform}-${architecture}`
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  const require = createRequire(join(projectRoot(), 'package.json'))
  try {
    return join(require.resolve(`${packageName}/package.json`), '..', 'bin', file)
  } catch {
    throw new AnvilNotFoundError(packageName)
  }
}
