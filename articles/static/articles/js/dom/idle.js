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
