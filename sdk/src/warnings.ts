/** Something went wrong beside the result of a call. The result itself stands. */
export interface GatehouseWarning {
  /**
   * `outcome_not_reported`: `fn` ran, but the gate did not take the report, so the record will say `unknown` when the
   * lease is over. `result_not_recorded`: the outcome is on record, what `fn` returned is not.
   */
  code: 'outcome_not_reported' | 'result_not_recorded';
  actionId: string;
  message: string;
  cause: unknown;
}

export type Warn = (warning: GatehouseWarning) => void;

/** Makes a listener safe to call after the effect has happened: what it throws must not hide the result. */
export function quietly(listener: Warn | undefined): Warn {
  const warn =
    listener ??
    ((warning) => {
      console.warn(`gatehouse: ${warning.message}`, warning.cause);
    });
  return (warning) => {
    try {
      warn(warning);
    } catch {
      // The caller's own listener failed; there is nobody left to tell.
    }
  };
}
