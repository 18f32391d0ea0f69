import type { Response } from 'express';

/** The long polls that are under way. */
export interface Waits {
  /** The signal for one request's wait: it fires when the client goes, or when the server closes. */
  begin(response: Response): AbortSignal;
  /** Ends all waits, now and from now on. */
  endAll(): void;
  /** True after `endAll`. */
  ended(): boolean;
}

/**
 * Made once an app. Each wait has its own controller rather than one signal of the server's life, on which listeners
 * would pile up.
 */
export function createWaits(): Waits {
  const waiting = new Set<AbortController>();
  let over = false;
  return {
    begin(response) {
      const controller = new AbortController();
      if (over || response.destroyed) {
        controller.abort();
        return controller.signal;
      }
      waiting.add(controller);
      response.once('close', () => {
        waiting.delete(controller);
        if (!response.writableEnded) controller.abort();
      });
      return controller.signal;
    },
    endAll() {
      over = true;
      for (const controller of waiting) controller.abort();
      waiting.clear();
    },
    ended: () => over,
  };
}
