import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

const skipped = /^(node_modules|dist.*|coverage|generated|reports|\..*)$/

/** Every file of the project below a folder, by its path from the root. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (skipped.test(entry.name)) return []
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

export function markdownFiles(): readonly string[] {
  return filesUnder('.').filter((file) => file.endsWith('.md'))
}

export function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** The text under a heading, up to the next heading of the same or a higher level. */
export function section(file: string, heading: string): string {
  const lines = readText(file).split('\n')
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'))
  if (start === -1) throw new Error(`${file} has no heading "${heading}"`)
  const level = /^#+/.exec(lines[start]!)![0].length
  const length = lines.slice(start + 1).findIndex((line) => new RegExp(`^#{1,${level}} `).test(line))
  return lines.slice(start + 1, length === -1 ? undefined : start + 1 + length).join('\n')
}

/** The cells of the first Markdown table in a text, without its head. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n')
  const rule = lines.findIndex((line) => /^\|[ :|-]+\|$/.test(line))
  if (rule === -1) throw new Error('there is no table here')
  const end = lines.slice(rule).findIndex((line) => !line.startsWith('|'))
  return lines.slice(rule + 1, end === -1 ? undefined : rule + end).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  )
}

/** The words in backticks of a text. */
export function codeWords(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]!)
}

/** Fenced blocks of one language. */
export function codeBlocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1]!)
}

export function resolveLink(file: string, target: string): string {
  return join(dirname(file), target)
}
