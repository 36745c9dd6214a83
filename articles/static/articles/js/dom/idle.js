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
 * Do something when the page has come and the browser has nothing more urgent to do, such as to paint it.
 * @param {() => void} work
 * @param {AbortSignal} signal
 */
export function whenOpened(work, signal) {
  const begin = () => signal.addEventListener("abort", whenIdle(work), { once: true });
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { signal, once: true });
}
