type Child = Node | string | null
type Attributes = Readonly<Record<string, string | boolean | null>>

/**
 * Builds an element. Strings become text nodes and never markup: token symbols are written by strangers.
 * An attribute that is `null` or `false` is left out; `true` sets it empty.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) node.setAttribute(name, value === true ? '' : value)
  }
  node.append(...children.filter((child) => child !== null))
  return node
}
