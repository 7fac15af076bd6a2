const OPEN = '<!-- example:begin -->'
const CLOSE = '<!-- example:end -->'

/** The page with its worked example replaced. */
export function insertExample(page: string, example: string): string {
  const [start, end] = [page.indexOf(OPEN), page.indexOf(CLOSE)]
  if (start < 0 || end < start) throw new Error(`put the markers ${OPEN} and ${CLOSE} into the page`)
  return `${page.slice(0, start + OPEN.length)}\n${example}\n${page.slice(end)}`
}
