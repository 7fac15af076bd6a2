/** Prints plain data as the formatter would leave it, so that generated files need no pass of it. */

const WIDTH = 120
const bareKey = /^[A-Za-z_$][\w$]*$/

/** @param column where the value starts in its line; @param indent of the line it starts in. */
export function print(value: unknown, column: number, indent = 0): string {
  const inline = printInline(value)
  if (column + inline.length + 1 <= WIDTH && !isBroken(value)) return inline
  const inner = ' '.repeat(indent + 2)
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${print(item, indent + 2, indent + 2)},\n`)
    return `[\n${items.join('')}${' '.repeat(indent)}]`
  }
  if (typeof value !== 'object' || value === null) return inline
  const entries = Object.entries(value).map(([key, item]) => {
    const start = `${inner}${printKey(key)}: `
    return `${start}${print(item, start.length, indent + 2)},\n`
  })
  return `{\n${entries.join('')}${' '.repeat(indent)}}`
}

/** Lists of several objects are broken however short they are, and so is what holds one. */
function isBroken(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const items = Object.values(value)
  const isObject = (item: unknown) => typeof item === 'object' && item !== null && Object.keys(item).length > 1
  return (Array.isArray(value) && value.length > 1 && value.every(isObject)) || items.some(isBroken)
}

function printInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printInline).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${printKey(key)}: ${printInline(item)}`)
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return typeof value === 'string' ? `'${value.replace(/['\\]/g, '\\$&')}'` : String(value)
}

function printKey(key: string): string {
  return bareKey.test(key) ? key : `'${key}'`
}
