/** How far the audit of a chain has come in looking at every account and every block once. Accounts and blocks go round by themselves; both done is one rotation. */
export interface Rotation {
  /** Accounts after this one come next. */
  readonly account: string
  /** Blocks after this number come next. */
  readonly block: string
  readonly areAccountsDone: boolean
  readonly areBlocksDone: boolean
}

export const beginning: Rotation = { account: '', block: '-1', areAccountsDone: false, areBlocksDone: false }

/** @param last the last account and block that were looked at, `null` where there are none after them. */
export function turn(
  rotation: Rotation,
  last: { readonly account: string | null; readonly block: string | null },
): { readonly next: Rotation; readonly isComplete: boolean } {
  const areAccountsDone = rotation.areAccountsDone || last.account === null
  const areBlocksDone = rotation.areBlocksDone || last.block === null
  const isComplete = areAccountsDone && areBlocksDone
  return {
    next: {
      account: last.account ?? beginning.account,
      block: last.block ?? beginning.block,
      areAccountsDone: areAccountsDone && !isComplete,
      areBlocksDone: areBlocksDone && !isComplete,
    },
    isComplete,
  }
}
