const namespace = 'http://www.w3.org/2000/svg'

/** Builds an SVG element. Lengths go into attributes, which a strict content policy allows where inline styles are refused. */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Node[]
): SVGElement {
  const node = document.createElementNS(namespace, tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

/** A fraction of a bar's length, as SVG writes it. */
export function percentLength(fraction: number): string {
  return `${(fraction * 100).toFixed(3)}%`
}
