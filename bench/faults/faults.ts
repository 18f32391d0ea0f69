import { setTimeout as pause } from 'node:timers/promises';
import type { KillPoint } from '../../test/support/processes.ts';
import type { Bed } from './bed.ts';
import { clockFaults } from './clock-faults.ts';
import { partOf, SERVICE, timed, type Fault, type StrikeContext, type Victim } from './fault.ts';
import type { Part } from './part.ts';
import { untilServed } from './probe.ts';

const POINT_BOUND_MS = 10_000;

/** Everything that kills. Those that need SQLite name a step of its driver. */
export function killFaults(store: 'sqlite' | 'postgres'): Fault[] {
  const everything: Victim[] = ['api', 'gate', 'executors', 'temporal', 'agents'];
  const steps: Fault[] = (['start:before', 'start:after', 'answer:before'] as const).map((at) => diesAt('api', at));
  const commits: Fault[] = [
    ...(['decide:before', 'decide:after', 'move:before', 'move:after'] as const).map((at) => diesAt('api', at)),
    ...(['move:before', 'move:after'] as const).map((at) => diesAt('gate', at)),
    bothDie('decide:before'),
    bothDie('decide:after'),
  ];
  return [
    ...everything.map((victim) => killed([victim])),
    killed(['api', 'gate']),
    killed(['api', 'temporal']),
    killed(['gate', 'executors']),
    killed(everything),
    ...steps,
    diesAt('executors', 'effect:after'),
    ...(store === 'sqlite' ? commits : [crashedPostgres()]),
  ];
}

/** Everything that hurts without SIGKILL. */
export function otherFaults(bed: Bed): Fault[] {
  const frozen = (['api', 'gate', 'executors', 'temporal', 'agents'] as const).map(freezes);
  const links = Object.keys(bed.links).flatMap((link) => [cuts(link), slows(link)]);
  return [
    ...frozen,
    ...links,
    ...(bed.postgres === undefined ? [fillsDisk()] : [restartsPostgres()]),
    ...clockFaults(),
    replaces('gate'),
    replaces('executors'),
    replaces('api'),
  ];
}

function killed(victims: readonly Victim[]): Fault {
  return {
    name: `SIGKILL ${victims.length === 5 ? 'everything' : victims.join(' and ')}`,
    // All agents are killed at once.
    kills: victims.length + (victims.includes('agents') ? 1 : 0),
    strike: async (bed, { below }) => {
      const parts = victims.map((victim) => living(bed, victim, below));
      const from = performance.now();
      await Promise.all(parts.map((part) => part.kill()));
      await Promise.all(parts.map((part) => part.start()));
      for (const service of new Set(victims.map((victim) => SERVICE[victim]))) await untilServed(bed, service);
      return performance.now() - from;
    },
  };
}

function living(bed: Bed, victim: Victim, below: StrikeContext['below']): Pick<Part, 'kill' | 'start'> {
  if (victim === 'temporal') return bed.temporal;
  if (victim !== 'agents') return partOf(bed, victim, below);
  const all = bed.agents.pids.map((_, index) => index);
  return {
    kill: async () => {
      await Promise.all(all.map((index) => bed.agents.kill(index)));
    },
    start: async () => {
      await Promise.all(all.map((index) => bed.agents.start(index)));
    },
  };
}

function diesAt(victim: 'api' | 'gate' | 'executors', killAt: KillPoint): Fault {
  return {
    name: `${victim} dies at ${killAt}`,
    kills: 1,
    strike: async (bed, { below, stir }) => {
      const part = partOf(bed, victim, below);
      await part.stop();
      await part.start({ killAt });
      stir();
      await part.dies(POINT_BOUND_MS);
      const from = performance.now();
      await part.start();
      await untilServed(bed, SERVICE[victim]);
      return performance.now() - from;
    },
  };
}

/** The API dies once the workflow is started, so that the gate's worker has to decide, and dies of it. */
function bothDie(killAt: KillPoint): Fault {
  return {
    name: `api dies at start:after, gate at ${killAt}`,
    kills: 2,
    strike: async (bed, { below, stir }) => {
      const api = partOf(bed, 'api', below);
      await Promise.all([api.stop(), bed.gate.stop()]);
      await Promise.all([api.start({ killAt: 'start:after' }), bed.gate.start({ killAt })]);
      stir();
      await Promise.all([api.dies(POINT_BOUND_MS), bed.gate.dies(POINT_BOUND_MS)]);
      const from = performance.now();
      await Promise.all([api.start(), bed.gate.start()]);
      await untilServed(bed, 'settles');
      return performance.now() - from;
    },
  };
}

function crashedPostgres(): Fault {
  return { ...restartsPostgres('immediate'), kills: 1 };
}

function restartsPostgres(mode: 'fast' | 'immediate' = 'fast'): Fault {
  return {
    name: `PostgreSQL restarted (${mode})`,
    kills: 0,
    strike: async (bed) => {
      const from = performance.now();
      bed.postgres?.restart(mode);
      await untilServed(bed, 'settles');
      return performance.now() - from;
    },
  };
}

function freezes(victim: Victim): Fault {
  return {
    name: `SIGSTOP ${victim}, SIGCONT`,
    kills: 0,
    strike: async (bed, { below }) => {
      const ms = 500 + below(2_500);
      if (victim === 'temporal') await bed.temporal.freeze(ms);
      else if (victim === 'agents') await Promise.all(bed.agents.pids.map((_, index) => bed.agents.freeze(index, ms)));
      else await partOf(bed, victim, below).freeze(ms);
      return timed(() => untilServed(bed, SERVICE[victim]));
    },
  };
}

function cuts(link: string): Fault {
  return {
    name: `cut: ${link}`,
    kills: 0,
    strike: async (bed, { below }) => {
      bed.links[link]?.cut();
      await pause(200 + below(1_800));
      bed.links[link]?.mend();
      return timed(() => untilServed(bed, link.startsWith('executors') ? 'executes' : 'settles'));
    },
  };
}

function slows(link: string): Fault {
  return {
    name: `slow: ${link}`,
    kills: 0,
    strike: async (bed, { below }) => {
      bed.links[link]?.slow(50 + below(250));
      await pause(1_000 + below(2_000));
      bed.links[link]?.mend();
      return timed(() => untilServed(bed, link.startsWith('executors') ? 'executes' : 'settles'));
    },
  };
}

/** A limit of the file size stands for the full disk: every write of these processes to any file fails. */
function fillsDisk(): Fault {
  return {
    name: 'disk full for API and gate',
    kills: 0,
    strike: async (bed, { violated }) => {
      const parts = [...bed.apis, bed.gate];
      for (const part of parts) part.fillDisk(true);
      const allowed = await Promise.race([untilServed(bed, 'answers').then(() => true), pause(2_500, false)]);
      for (const part of parts) part.fillDisk(false);
      if (allowed) violated('an action was allowed while no record could be written');
      return timed(() => untilServed(bed, 'settles'));
    },
  };
}

/** As a deploy does it: SIGTERM with requests under way, then the next one. */
function replaces(victim: 'api' | 'gate' | 'executors'): Fault {
  return {
    name: `SIGTERM ${victim}, replaced`,
    kills: 0,
    strike: async (bed, { below, stir }) => {
      const part = partOf(bed, victim, below);
      stir();
      const from = performance.now();
      await part.stop();
      await part.start();
      await untilServed(bed, SERVICE[victim]);
      return performance.now() - from;
    },
  };
}
