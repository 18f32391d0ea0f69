import { setTimeout as pause } from 'node:timers/promises';
import type { Bed } from './bed.ts';
import { partOf, SERVICE, timed, type Fault, type StrikeContext, type Victim } from './fault.ts';
import { untilServed } from './probe.ts';

const HOUR_MS = 3_600_000;
const MOST_PAUSE_MS = 1_000;

/** Wall clocks that are wrong from the start of a process, and those that jump while it runs. */
export function clockFaults(): Fault[] {
  const running = ['api', 'gate', 'executors', 'agents'] as const;
  return [
    ...[-HOUR_MS, HOUR_MS].map((shift) => shiftsClock('gate', shift)),
    ...[-30_000, 30_000].map((shift) => shiftsClock('api', shift)),
    ...running.flatMap((victim) => [jumps(victim, 'ahead'), jumps(victim, 'back')]),
  ];
}

function shiftsClock(victim: 'api' | 'gate', clockShiftMs: number): Fault {
  return {
    name: `clock of ${victim} ${clockShiftMs > 0 ? '+' : '-'}${String(Math.abs(clockShiftMs) / 1000)} s`,
    kills: 0,
    strike: async (bed, { below, stir }) => {
      const part = partOf(bed, victim, below);
      await part.stop();
      await part.start({ clockShiftMs });
      stir();
      await untilServed(bed, 'settles');
      await part.stop();
      return timed(async () => {
        await part.start();
        await untilServed(bed, 'settles');
      });
    },
  };
}

/** Somewhere in the midst of work. The clock comes right after a while, or stays wrong until it is set or started again. */
function jumps(victim: Exclude<Victim, 'temporal'>, direction: 'ahead' | 'back'): Fault {
  return {
    name: `clock of running ${victim} jumps ${direction}`,
    kills: 0,
    strike: async (bed, { below, stir }) => {
      const shiftMs = (direction === 'ahead' ? 1 : -1) * drawJump(below);
      const stays = below(2) === 0;
      const setClock = clockOf(bed, victim, below);
      stir();
      await pause(below(MOST_PAUSE_MS));
      const served = await timed(async () => {
        await setClock(shiftMs);
        await untilServed(bed, SERVICE[victim]);
      });
      if (stays) return served;
      await pause(below(MOST_PAUSE_MS));
      const servedAfterReturn = await timed(async () => {
        await setClock(0);
        await untilServed(bed, SERVICE[victim]);
      });
      return Math.max(served, servedAfterReturn);
    },
  };
}

/** Seconds, minutes or an hour, in milliseconds. */
function drawJump(below: StrikeContext['below']): number {
  const unit = below(3);
  return unit === 2 ? HOUR_MS : (1 + below(59)) * (unit === 1 ? 60_000 : 1_000);
}

function clockOf(
  bed: Bed,
  victim: Exclude<Victim, 'temporal'>,
  below: StrikeContext['below'],
): (shiftMs: number) => Promise<void> {
  if (victim !== 'agents') {
    const part = partOf(bed, victim, below);
    return (shiftMs) => part.setClock(shiftMs);
  }
  return async (shiftMs) => {
    for (const index of bed.agents.pids.keys()) bed.agents.setClock(index, shiftMs);
  };
}
