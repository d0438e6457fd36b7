/** Makes an element. Text only ever becomes text nodes, so nothing that a user named can be markup. */
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

/** Sets text only when it changed, so that screen readers and selections are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}

/**
 * Makes a list show `items` in their order. Each keeps its element as long as it has the same key, with
 * focus and all; `update` brings an element up to date.
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
