/** One deliberate mistake in the product: text replaced in one file. */
export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

export interface Mutation {
  readonly name: string
  readonly edits: readonly Edit[]
}

export const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace })
