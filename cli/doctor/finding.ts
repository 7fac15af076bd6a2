export type Severity = 'ok' | 'warning' | 'error'

/** One thing looked at: what, how it is, and when it is not well what to do. */
export type Finding = { readonly severity: Severity; readonly subject: string; readonly message: string }

export function finding(severity: Severity, subject: string, message: string): Finding {
  return { severity, subject, message }
}

/** The first line of an error in the words of who threw it, without request dumps. */
export function reasonOf(error: unknown): string {
  const { shortMessage, details, message } = error as { shortMessage?: string; details?: string; message?: string }
  return [shortMessage ?? message?.split('\n')[0], shortMessage && details].filter(Boolean).join(' ')
}
