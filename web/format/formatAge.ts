const units: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
]

/** How long ago, in the two largest units that matter: "4 s", "2 min 5 s", "3 h 12 min". A clock ahead of us reads "0 s". */
export function formatAge(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000))
  const first = units.findIndex(([seconds]) => total >= seconds)
  if (first === -1) return '0 s'
  const [seconds, name] = units[first]!
  const head = `${Math.floor(total / seconds)} ${name}`
  const next = units[first + 1]
  const rest = next === undefined ? 0 : Math.floor((total % seconds) / next[0])
  return next === undefined || rest === 0 ? head : `${head} ${rest} ${next[1]}`
}
