/** Creates an element. Texts become text nodes, so names that users chose are never markup. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== null) element.setAttribute(name, String(value))
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

export function byId(id) {
  return document.getElementById(id)
}

/** Sets a text only when it has changed, so that screen readers and selections are not disturbed. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}

/**
 * Makes a list show `items` in their order. An item keeps its element, and so its focus, as long as its key stays the
 * same; `update` brings an element up to date.
 */
export function syncList(list, items, { key, create, update }) {
  const known = new Map([...list.children].map((element) => [element.dataset.key, element]))
  items.forEach((item, index) => {
    const id = key(item)
    const element = known.get(id) ?? create(item)
    known.delete(id)
    element.dataset.key = id
    update(element, item)
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null)
  })
  for (const stale of known.values()) stale.remove()
}

export function openDialog(dialog) {
  for (const button of dialog.querySelectorAll('[data-close]')) button.onclick = () => dialog.close()
  dialog.showModal()
}
