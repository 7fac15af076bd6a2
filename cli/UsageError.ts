/** The command cannot run as it was called or configured. The message names the place and what to change; the exit code is 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}
