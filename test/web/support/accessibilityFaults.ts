import type { Page } from 'playwright-core'

/** Faults a reader with a screen reader, a keyboard or weak eyes would meet: names, headings, ids, and contrast below WCAG AA. */
export function findAccessibilityFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const seen = (node: Element) =>
      node.checkVisibility() && node.closest('.hidden, .skip, [aria-hidden="true"]') === null
    const name = (node: Element) =>
      `${node.tagName.toLowerCase()}.${node.className} “${(node.textContent ?? '').slice(0, 30)}”`

    if (document.documentElement.lang === '') faults.push('the page names no language')
    const ids = [...document.querySelectorAll('[id]')].map((node) => node.id)
    for (const id of ids.filter((item, index) => ids.indexOf(item) !== index))
      faults.push(`two elements have the id ${id}`)
    for (const node of document.querySelectorAll('[aria-labelledby], [aria-describedby]'))
      for (const attribute of ['aria-labelledby', 'aria-describedby'])
        for (const id of node.getAttribute(attribute)?.split(' ') ?? [])
          if (document.getElementById(id) === null) faults.push(`${attribute} names ${id}, which does not exist`)
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select'))
      if ((field.labels?.length ?? 0) === 0) faults.push(`${name(field)} has no label`)
    for (const control of document.querySelectorAll('a, button, summary'))
      if ((control.textContent ?? '').trim() === '') faults.push(`${name(control)} has no name`)
    for (const drawing of document.querySelectorAll('svg, img'))
      if (drawing.closest('[aria-hidden="true"]') === null) faults.push(`${name(drawing)} has no text beside it`)
    for (const table of document.querySelectorAll('table'))
      if (table.caption === null) faults.push('a table has no caption')

    let level = 0
    for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
      const next = Number(heading.tagName[1])
      if (next > level + 1) faults.push(`heading ${name(heading)} skips a level`)
      level = next
    }
    for (const part of ['header', 'main', 'footer'])
      if (document.querySelectorAll(`body > ${part}, .page > ${part}`).length !== 1) faults.push(`not one ${part}`)

    const channels = (color: string) =>
      /^color\(srgb/.test(color)
        ? (color.match(/[\d.]+/g) ?? []).map((part) => Number(part) * 255)
        : (color.match(/[\d.]+/g) ?? []).map(Number)
    const background = (node: Element | null): number[] => {
      if (node === null) return [255, 255, 255]
      const color = channels(getComputedStyle(node).backgroundColor)
      return color.length === 4 && color[3] === 0 ? background(node.parentElement) : color.slice(0, 3)
    }
    const luminance = (color: readonly number[]) => {
      const [red = 0, green = 0, blue = 0] = color.map((part) =>
        part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    for (const node of document.querySelectorAll('body *')) {
      const ownText = [...node.childNodes].some(
        (child) => child.nodeType === Node.TEXT_NODE && (child.nodeValue ?? '').trim() !== '',
      )
      if (!ownText || !seen(node) || node.closest('noscript') !== null) continue
      const style = getComputedStyle(node)
      const [high = 0, low = 0] = [luminance(channels(style.color).slice(0, 3)), luminance(background(node))].sort(
        (a, b) => b - a,
      )
      const ratio = (high + 0.05) / (low + 0.05)
      const needed = Number.parseFloat(style.fontSize) >= 24 ? 3 : 4.5
      if (ratio < needed) faults.push(`contrast ${ratio.toFixed(2)} of ${name(node)}`)
    }
    return [...new Set(faults)]
  })
}
