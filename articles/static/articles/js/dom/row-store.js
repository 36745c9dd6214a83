/** How many rows a piece of a long list holds; the server cuts it so. */
const PIECE_ROWS = 100;

/**
 * The rows of a list. Those of a long one come as text, in pieces, and a piece becomes elements when a row of it is
 * wanted: a thousand rows cost a browser more than the text they are about.
 */
export class RowStore {
  #list;
  #pieces;
  #made = new Map();

  /**
   * @param {HTMLOListElement} list
   * @param {Iterable<HTMLElement>} pieces none when all rows are in the list
   * @param {number} count of all rows
   */
  constructor(list, pieces, count) {
    this.#list = list;
    this.#pieces = Array.from(pieces, (piece) => piece.textContent);
    this.isLong = this.#pieces.length > 0;
    this.count = this.isLong ? count : list.children.length;
  }

  /**
   * @param {number} index
   * @returns {HTMLLIElement}
   */
  row(index) {
    if (!this.isLong) return this.#list.children[index];
    return this.#piece(Math.floor(index / PIECE_ROWS))[index % PIECE_ROWS];
  }

  /**
   * @param {string} claim
   * @returns {number} -1 when the claim is not in the list
   */
  indexOf(claim) {
    if (!claim) return -1;
    if (!this.isLong) return Array.from(this.#list.children, (row) => row.dataset.claim).indexOf(claim);
    const number = this.#pieces.findIndex((text) => text.includes(`<li data-claim="${claim}"`));
    if (number < 0) return -1;
    return number * PIECE_ROWS + this.#piece(number).findIndex((row) => row.dataset.claim === claim);
  }

  #piece(number) {
    if (!this.#made.has(number)) {
      const made = document.createElement("template");
      made.innerHTML = this.#pieces[number];
      this.#made.set(number, Array.from(made.content.children, (row, at) => this.#placed(row, number * PIECE_ROWS + at)));
    }
    return this.#made.get(number);
  }

  /** What is not in the document cannot be counted by a screen reader. */
  #placed(row, index) {
    row.ariaPosInSet = String(index + 1);
    row.ariaSetSize = String(this.count);
    row.style.setProperty("--at", String(index));
    return row;
  }
}

/**
 * Have just these rows in a list, in this order; those that stay are not touched, so that they keep the focus.
 * @param {Element} list
 * @param {Element[]} rows those of them that are in the list are in this order already
 */
export function keepOnly(list, rows) {
  const wanted = new Set(rows);
  Array.from(list.children).filter((row) => !wanted.has(row)).forEach((row) => row.remove());
  let at = list.firstElementChild;
  for (const row of rows) {
    if (row === at) at = at.nextElementSibling;
    else list.insertBefore(row, at);
  }
}
