import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { markdownFiles, readText, resolveLink, root } from './support'

/** Links of a text outside its code. */
function linksOf(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map((match) => match[1]!)
}

/** How Git hosts name the anchors of headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  )
}

function isBroken(file: string, link: string): boolean {
  if (/^(https?|mailto):/.test(link)) return false
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? file : resolveLink(file, path)
  if (!existsSync(join(root, target))) return true
  return anchor !== undefined && !anchorsOf(readText(target)).includes(anchor)
}

describe('links in the documents', () => {
  it('lead somewhere', () => {
    const files = markdownFiles()
    expect(files).toContain('README.md')
    const broken = files.flatMap((file) =>
      linksOf(readText(file))
        .filter((link) => isBroken(file, link))
        .map((link) => `${file}: ${link}`),
    )
    expect(broken).toEqual([])
  })

  it('lead from the README to every document', () => {
    const reached = new Set(['README.md'])
    for (const file of reached) {
      const targets = linksOf(readText(file)).filter((link) => /\.md(#|$)/.test(link) && !/^https?:/.test(link))
      for (const target of targets) reached.add(resolveLink(file, target.split('#')[0]!))
    }
    const documents = markdownFiles().filter((file) => file.startsWith('docs/'))
    expect(documents.filter((file) => !reached.has(file))).toEqual([])
  })

  it('would be noticed if they did not', () => {
    expect(isBroken('README.md', 'docs/nowhere.md')).toBe(true)
    expect(isBroken('docs/interfaces.md', '#no-such-heading')).toBe(true)
    expect(isBroken('docs/architecture.md', 'interfaces.md#the-configuration-file')).toBe(false)
  })
})
