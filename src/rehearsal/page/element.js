// @ts-check
/**
 * Makes an element: attributes, then children. A function under a name such as `onclick` listens; `false` leaves an attribute out.
 * @param {string} tag @param {Record<string, unknown>} [attributes] @param {...(Node | string | null)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value !== false && value !== null && value !== undefined)
      made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

/** @param {string} icon @param {string} label @param {(() => void) | null} press null: submits its form */
export function iconButton(icon, label, press) {
  const attributes = {
    type: press === null ? 'submit' : 'button',
    class: `icon icon-${icon}`,
    'aria-label': label,
    title: label,
  };
  return element('button', press === null ? attributes : { ...attributes, onclick: press });
}
