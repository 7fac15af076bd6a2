/**
 * Delta debugging: leaves out parts as long as the rest still fails. Later items are kept first, as what fails is mostly what
 * happened last.
 * @param fails whether these items alone still fail; known to hold for all `items`.
 * @param budget how often `fails` may be asked.
 * @returns a failing subsequence; no smaller one was found within the budget.
 */
export async function minimise<Item>(
  items: readonly Item[],
  fails: (candidate: readonly Item[]) => Promise<boolean>,
  budget: number,
): Promise<readonly Item[]> {
  let kept = items
  let parts = 2
  let asked = 0
  const ask = async (candidate: readonly Item[]) => {
    if (asked >= budget || candidate.length === kept.length) return false
    asked += 1
    return fails(candidate)
  }
  while (kept.length > 1 && asked < budget) {
    const pieces = split(kept, parts)
    const piece = await firstWhich(pieces.toReversed(), ask)
    if (piece !== undefined) {
      kept = piece
      parts = 2
      continue
    }
    const rests = parts === 2 ? [] : pieces.map((_, index) => pieces.toSpliced(index, 1).flat())
    const rest = await firstWhich(rests, ask)
    if (rest !== undefined) {
      kept = rest
      parts = Math.max(parts - 1, 2)
      continue
    }
    if (parts >= kept.length) break
    parts = Math.min(parts * 2, kept.length)
  }
  return kept
}

function split<Item>(items: readonly Item[], parts: number): (readonly Item[])[] {
  const ends = Array.from({ length: parts + 1 }, (_, index) => Math.round((index * items.length) / parts))
  return ends.slice(1).map((end, index) => items.slice(ends[index], end))
}

async function firstWhich<T>(candidates: readonly T[], holds: (candidate: T) => Promise<boolean>) {
  for (const candidate of candidates) {
    if (await holds(candidate)) return candidate
  }
  return undefined
}
