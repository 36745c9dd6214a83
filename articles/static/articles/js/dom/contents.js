/** Parts of the text as the server writes them anew. They change here alone: what was read of one is good until then. */

const REMEMBERED = [];

/**
 * A reader that looks at an element once, and again after it has changed.
 * @template T
 * @param {(element: Element) => T} read
 * @returns {(element: Element) => T}
 */
export function remembering(read) {
  const known = new WeakMap();
  REMEMBERED.push(known);
  return (element) => {
    if (!known.has(element)) known.set(element, read(element));
    return known.get(element);
  };
}

/**
 * Let an element be like another of its name, whose parts it may take. What is alike in both stays, so that a browser
 * has little to lay out and to paint, and the focus stays where it was.
 * @param {Element} element
 * @param {Element} other
 */
export function become(element, other) {
  if (element.isEqualNode(other)) return;
  takeAttributes(element, other);
  const [own, others] = [element.childNodes, other.childNodes];
  if (own.length === others.length && Array.from(own).every(({ nodeName }, i) => nodeName === others[i].nodeName)) {
    own.forEach((node, i) => (node.nodeType === Node.ELEMENT_NODE ? become(node, others[i]) : takeData(node, others[i])));
  } else takeParts(element, others);
  for (const known of REMEMBERED) known.delete(element);
}

function takeAttributes(element, { attributes }) {
  for (const name of element.getAttributeNames()) if (!(name in attributes)) element.removeAttribute(name);
  for (const { name, value } of attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function takeData(node, { data }) {
  if (node.data !== data) node.data = data;
}

/** What stands alike before and after the change stays. Who is at a claim's number is there afterwards, too. */
function takeParts(element, parts) {
  const claim = element.contains(document.activeElement) ? document.activeElement.dataset.claim : "";
  const [own, others] = [Array.from(element.childNodes), Array.from(parts)];
  let next = null;
  while (own.at(-1)?.isEqualNode(others.at(-1))) [next] = [own.pop(), others.pop()];
  while (own[0]?.isEqualNode(others[0])) [own.shift(), others.shift()];
  own.forEach((node) => node.remove());
  others.forEach((other) => element.insertBefore(other, next));
  if (claim) element.querySelector(`.no[data-claim="${claim}"]`)?.focus({ preventScroll: true });
}
