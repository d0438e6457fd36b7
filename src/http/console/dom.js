/** @typedef {string | number | boolean | null | ((event: Event) => unknown)} Attribute a function listens for an event */

/**
 * Creates an element. Texts become text nodes, so names that users chose are never markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} attributes
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
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

/**
 * The element of that id, which is in index.html.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id)
  if (!element) throw new Error(`There is no element ${id}`)
  return element
}

/**
 * The same, as one of a class.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 */
export function elementById(id, type) {
  return ofType(byId(id), type)
}

/**
 * The part of an element that the selector names.
 * @template {HTMLElement} T
 * @param {Element} parent
 * @param {string} selector
 * @param {new () => T} type
 */
export function findPart(parent, selector, type) {
  return ofType(parent.querySelector(selector), type)
}

/**
 * @template {HTMLElement} T
 * @param {Element | RadioNodeList | null} element
 * @param {new () => T} type
 */
export function ofType(element, type) {
  if (element instanceof type) return element
  throw new Error(`There is no ${type.name}`)
}

/**
 * Sets a text only when it has changed, so that screen readers and selections are not disturbed.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}

/**
 * Makes a list show `items` in their order. An item keeps its element, and so its focus, as long as its key stays the
 * same; `update` brings an element up to date.
 * @template Item
 * @param {Element} list
 * @param {readonly Item[]} items
 * @param {object} kind
 * @param {(item: Item) => string} kind.key
 * @param {(item: Item) => HTMLElement} kind.create
 * @param {(element: HTMLElement, item: Item) => void} kind.update
 */
export function syncList(list, items, { key, create, update }) {
  /** @type {Map<string | undefined, HTMLElement>} */
  const known = new Map()
  for (const element of list.children) {
    if (element instanceof HTMLElement) known.set(element.dataset.key, element)
  }
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

/** @param {HTMLDialogElement} dialog */
export function openDialog(dialog) {
  for (const button of dialog.querySelectorAll('button[data-close]')) {
    ofType(button, HTMLButtonElement).onclick = () => dialog.close()
  }
  dialog.showModal()
}
