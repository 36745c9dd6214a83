/**
 * Do something when the browser has nothing more urgent to do.
 * @param {() => void} work
 * @returns {() => void} takes it back
 */
export function whenIdle(work) {
  if (!window.requestIdleCallback) {
    const timer = setTimeout(work, 1);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}

/**
 * Do something when the page has come and is painted, and the browser has nothing more urgent to do.
 * @param {() => void} work
 * @param {AbortSignal} signal
 */
export function whenOpened(work, signal) {
  const wait = () => signal.aborted || signal.addEventListener("abort", whenIdle(work), { once: true });
  // The browser may find itself idle between the page's coming and its first frame.
  const begin = () => requestAnimationFrame(wait);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { signal, once: true });
}
