import { z } from 'zod';
import type { Check } from './check.ts';
import { caution, fail, ok, reasonOf } from './check.ts';

const CALL_MS = 5_000;
const SKEW_MS = 5_000;

const readinessSchema = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), says: z.string() })),
});

/** Whether the API answers and is ready, and whether its clock is ours. `expected`: something of it runs already. */
export async function checkApi(url: string, expected: boolean, now: () => number = Date.now): Promise<Check[]> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${url}/readyz`, { redirect: 'manual', signal: AbortSignal.timeout(CALL_MS) });
    text = await response.text();
  } catch (error) {
    const make = expected ? fail : caution;
    return [
      make('api', `no gate answers at ${url} (${reasonOf(error)})`, 'Start one with `npm start` or `gatehouse up`.'),
    ];
  }
  const readiness = readinessSchema.safeParse(parse(text));
  if (!readiness.success) {
    return [fail('api', `what answers at ${url} is no gate`, 'Correct GATEHOUSE_URL or GATEHOUSE_PORT.')];
  }
  const { ready, checks } = readiness.data;
  const broken = Object.entries(checks).filter(([, check]) => !check.ok);
  const says = broken.map(([name, check]) => `${name}: ${check.says}`).join('; ');
  return [
    ok('api', `answers at ${url}`),
    ready
      ? ok('readiness', 'it can decide')
      : fail('readiness', `it refuses everything (${says})`, 'Mend what it names.'),
    checkClock(response.headers.get('date'), now()),
  ];
}

/** The clock of the API against ours. Deadlines are its own; a verdict's times are read by people. */
export function checkClock(date: string | null, now: number): Check {
  const theirs = date === null ? NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return caution('clock', 'the API does not tell its time', 'Compare the clocks by hand.');
  // The header has whole seconds.
  const skew = Math.max(0, Math.abs(now - theirs) - 1_000);
  if (skew <= SKEW_MS) return ok('clock', 'the same as the API to within some seconds');
  return caution('clock', `${Math.round(skew / 1000)} s apart from the API's`, 'Let both machines keep time by NTP.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
