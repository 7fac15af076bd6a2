/** Leg indexes by asset (code units), equals by position: the order in which every tie is resolved. */
export function assetOrder(legs: readonly { readonly asset: string }[]): number[] {
  const order = legs.map((_, index) => index)
  return order.sort((one, other) => {
    const [left, right] = [legs[one]!.asset, legs[other]!.asset]
    return left < right ? -1 : left > right ? 1 : one - other
  })
}
