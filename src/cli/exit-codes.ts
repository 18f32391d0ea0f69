import type { ActionStatus } from '@gatehouse/sdk/contract';

/** Every exit code of the commands that talk to a gate. 2 to 6 always mean that nothing was run. */
export const EXIT = {
  done: 0,
  other: 1,
  usage: 2,
  held: 3,
  blocked: 4,
  refused: 5,
  unavailable: 6,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_STATUS: Readonly<Record<ActionStatus, ExitCode>> = {
  held: EXIT.held,
  scheduled: EXIT.held,
  permitted: EXIT.done,
  claimed: EXIT.done,
  succeeded: EXIT.done,
  blocked: EXIT.blocked,
  rejected: EXIT.refused,
  expired: EXIT.refused,
  cancelled: EXIT.refused,
  lapsed: EXIT.refused,
  failed: EXIT.other,
  unknown: EXIT.other,
};

/** What a shell learns of where an action stands. */
export function exitCodeOf(status: ActionStatus): ExitCode {
  return BY_STATUS[status];
}

/** What a shell learns of an HTTP answer that is an error. */
export function exitCodeOfHttp(status: number): ExitCode {
  if (status >= 500) return EXIT.unavailable;
  return [400, 413, 415, 422].includes(status) ? EXIT.usage : EXIT.other;
}
