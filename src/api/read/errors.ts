/** The database cannot be reached, or has just gone away. The same request succeeds once it is back. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError'
  constructor(cause: Error) {
    super('the database cannot be reached; check DATABASE_URL and that PostgreSQL is running', { cause })
  }
}

/** Nothing has been indexed yet that an answer could rest on. */
export class NothingIndexedError extends Error {
  override readonly name = 'NothingIndexedError'
  constructor(readonly reason: string) {
    super(reason)
  }
}

/** The instant asked for lies outside what is indexed. */
export class AtNotIndexedError extends Error {
  override readonly name = 'AtNotIndexedError'
  constructor(readonly reason: string) {
    super(reason)
  }
}

/** `at` names a chain that is not configured. */
export class UnknownChainError extends Error {
  override readonly name = 'UnknownChainError'
  constructor(
    readonly chain: string,
    readonly known: readonly string[],
  ) {
    super(`no chain named "${chain}" is configured; known: ${known.join(', ')}`)
  }
}
