import { UsageError } from '../UsageError'

/** The database cannot be used; the message holds the server's own words. */
export class DatabaseError extends UsageError {
  override readonly name = 'DatabaseError'
}
