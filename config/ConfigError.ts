export type ConfigIssue = { readonly pointer: string; readonly message: string }

/** The configuration cannot be used. Each issue names a place in the file as a JSON pointer and what to change there. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(
    readonly file: string,
    readonly issues: readonly ConfigIssue[],
  ) {
    super(
      [
        `${file} cannot be used:`,
        ...issues.map(({ pointer, message }) => `  ${pointer || '(whole file)'}: ${message}`),
      ].join('\n'),
    )
  }
}
