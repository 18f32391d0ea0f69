import { z } from 'zod';

const count = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: (issue) => `${JSON.stringify(issue.input)} is not a whole number`, abort: true })
    .transform(Number)
    .refine((value) => value >= least && value <= most, {
      error: (issue) => `${String(issue.input)} is outside ${String(least)} to ${String(most)}`,
    })
    .default(fallback);

/** How much one key, or one agent, may ask for. */
export const floodVariables = {
  GATEHOUSE_RATE_PER_KEY: count(0, 1_000_000, 100),
  GATEHOUSE_MAX_PENDING_PER_AGENT: count(0, 1_000_000, 100),
};

export const FLOOD_FIXES = {
  GATEHOUSE_RATE_PER_KEY: 'Give whole requests a second from 1 to 1000000, or 0 for no limit; the default is 100',
  GATEHOUSE_MAX_PENDING_PER_AGENT:
    'Give how many questions of one agent may wait for people, up to 1000000, or 0 for no limit; the default is 100',
};

/** What one key, and one agent, may do at the most. 0 stands for no limit. */
export interface FloodSettings {
  /** Requests a second; twice as many may come at once. */
  ratePerKey: number;
  /** Questions of one agent that wait for people at the same time. */
  maxPendingPerAgent: number;
}
