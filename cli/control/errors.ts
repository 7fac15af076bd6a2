import { isoTime } from '../../src/api/wire/format'
import { UsageError } from '../UsageError'

/** An agreement may not begin where answers may have been given without it. */
export class AgreementTooEarlyError extends UsageError {
  override readonly name = 'AgreementTooEarlyError'
  constructor(
    readonly since: number,
    readonly indexedTo: number,
  ) {
    super(
      `--since ${isoTime(since)} is too early: answers up to ${isoTime(indexedTo)} may have been given already, and none of them may change; ` +
        'give a later time, or leave --since out for the earliest there is',
    )
  }
}

/** With chains as the clock, the time is known from their blocks only. */
export class NoTimeKnownError extends UsageError {
  override readonly name = 'NoTimeKnownError'
  constructor() {
    super('nothing is indexed yet, so the time of the chains is not known; give --since')
  }
}

/** The tables of blocks stayed in use. */
export class IndexBusyError extends Error {
  override readonly name = 'IndexBusyError'
  constructor(readonly seconds: number) {
    super(`an indexer kept its table of blocks busy for ${seconds} s; nothing was noted, try again`)
  }
}
