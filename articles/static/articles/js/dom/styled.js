/**
 * Add a stylesheet to the page.
 * @param {string} href
 * @returns {Promise<void>} when it is in force; rejected when it cannot be had
 */
export function styled(href) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error(href));
    });
    document.head.append(link);
  });
}
