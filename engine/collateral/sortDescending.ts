/** Fills `order` with the indexes in `ties`, by falling `key`; equal keys stay in the order of `ties`. Allocates nothing. */
export function sortDescending(order: Int32Array, ties: Int32Array, key: Float64Array): void {
  for (let place = 0; place < ties.length; place++) {
    const index = ties[place]!
    let slot = place
    while (slot > 0 && key[order[slot - 1]!]! < key[index]!) {
      order[slot] = order[slot - 1]!
      slot--
    }
    order[slot] = index
  }
}
