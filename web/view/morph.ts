/**
 * Makes `current` look like `next` while keeping every node that is still the same thing, so that a refresh every few seconds
 * keeps the reader's place: focus, selected text, opened rows. Two nodes are the same thing when tag and `data-key` agree.
 */
export function morph(current: Element, next: Element): void {
  copyAttributes(current, next)
  const wanted = [...next.childNodes]
  wanted.forEach((node, index) => {
    const existing = current.childNodes[index]
    if (existing === undefined) current.append(node)
    else if (!isSame(existing, node)) existing.replaceWith(node)
    else if (existing instanceof Element) morph(existing, node as Element)
    else if (existing.nodeValue !== node.nodeValue) existing.nodeValue = node.nodeValue
  })
  while (current.childNodes.length > wanted.length) current.lastChild!.remove()
}

function isSame(a: Node, b: Node): boolean {
  if (a.nodeType !== b.nodeType || a.nodeName !== b.nodeName) return false
  return !(a instanceof HTMLElement) || a.dataset.key === (b as HTMLElement).dataset.key
}

function copyAttributes(current: Element, next: Element): void {
  for (const { name } of [...current.attributes]) {
    // A row is opened by the reader, not by the answer.
    if (!next.hasAttribute(name) && !(name === 'open' && current instanceof HTMLDetailsElement))
      current.removeAttribute(name)
  }
  for (const { name, value } of [...next.attributes]) {
    if (current.getAttribute(name) !== value) current.setAttribute(name, value)
  }
}
