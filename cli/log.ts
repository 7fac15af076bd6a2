/** Logs and progress: always on stderr, so that stdout holds results only. */
import { type Logger, pino } from 'pino'

const fields = new Set(['level', 'time', 'msg', 'chain', 'part', 'err'])

export const log: Logger = pino(
  { level: knownLevel(process.env.LOG_LEVEL), base: undefined },
  process.stderr.isTTY
    ? { write: (line) => void process.stderr.write(humanLine(line)) }
    : pino.destination({ fd: 2, sync: true }),
)

/** `10:12:03 warn  alpha: indexer left (exit 75)`, then any further fields. */
function humanLine(line: string): string {
  const entry = JSON.parse(line) as Record<string, unknown> & {
    level: number
    time: number
    err?: { message?: string }
  }
  const time = new Date(entry.time).toISOString().slice(11, 19)
  const level = pino.levels.labels[entry.level]?.padEnd(5) ?? ''
  const subject = [entry.chain, entry.part].filter(Boolean).join(' ')
  const rest = Object.entries(entry).filter(([key]) => !fields.has(key))
  const words = [
    subject && `${subject}:`,
    entry.msg,
    entry.err?.message,
    ...rest.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ]
  return `${time} ${level} ${words.filter(Boolean).join(' ')}\n`
}

/** A level pino does not know would stop the program before it could say so. */
function knownLevel(level: string | undefined): string {
  return level !== undefined && (level === 'silent' || level in pino.levels.values) ? level : 'info'
}
