/** The overview of an article as a drawing: a line for each highlight. */

import { STANCES } from "../text/spans.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {number} width
 * @param {number} height
 * @param {{look: string, faint: boolean, data: string}[]} lines path data of each look
 * @param {number | undefined} at where an arrow points at the claim in hand
 * @returns {SVGSVGElement}
 */
export function drawing(width, height, lines, at) {
  const svg = made("svg", { width, height });
  for (const { look, faint, data } of lines) {
    svg.append(made("path", { [STANCES.has(look) ? "data-stance" : "data-status"]: look, class: faint ? "faint" : "", d: data }));
  }
  if (at !== undefined) svg.append(made("path", { class: "in-hand", d: `M${width} ${at - 3.5}v9l-6-4.5z` }));
  return svg;
}

function made(name, attributes) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}
