/** One Ctrl-C can arrive twice, from the terminal and passed on by npm; only a later one is meant as a second. */
const SAME_PRESS_MS = 1_000;

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function untilStopped(): { stopped: Promise<void>; signal: AbortSignal } {
  const controller = new AbortController();
  let first = 0;
  const stopped = new Promise<void>((resolve) => {
    const stop = (): void => {
      if (controller.signal.aborted) {
        if (performance.now() - first > SAME_PRESS_MS) process.exit(130);
        return;
      }
      first = performance.now();
      controller.abort();
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
  return { stopped, signal: controller.signal };
}
