import { setTimeout as pause } from 'node:timers/promises';
import { randomNumbers } from '../../src/demo/random.ts';
import type { Bed } from './bed.ts';
import { check, type Checked } from './check.ts';
import type { Fault } from './fault.ts';
import { killFaults, otherFaults } from './faults.ts';
import type { FaultOptions } from './options.ts';
import { planFaults } from './plan.ts';
import { untilQuiet } from './quiet.ts';
import { drawWishes } from './wishes.ts';

/** What one kind of fault did, over the run. Milliseconds until it was served again. */
export interface Struck {
  name: string;
  kills: number;
  served: number[];
}

export interface FaultFindings {
  actions: number;
  kills: number;
  rounds: number;
  struck: Struck[];
  /** Of the last check; the violations are those of all checks. */
  checked: Checked;
  ownDeaths: readonly string[];
}

/** About so many actions between two checks. */
const ROUND_ACTIONS = 200;
const MOST_PAUSE_MS = 500;

export interface Hears {
  say: (line: string) => void;
  /** Hears of everything found so far, after each round. */
  found: (findings: FaultFindings) => void;
}

/** Strikes fault after fault while agents work, and checks after each round, when all is quiet. */
export async function runFaults(bed: Bed, options: FaultOptions, { say, found: tell }: Hears): Promise<FaultFindings> {
  const { below } = randomNumbers(options.seed);
  const isWanted = ({ name }: Fault): boolean => options.only.some((text) => name.includes(text));
  const killing = killFaults(options.store).filter(isWanted);
  const plan = planFaults(killing, otherFaults(bed).filter(isWanted), options.kills, below);
  const wishes = drawWishes(options.actions, `s${String(options.seed)}`, below);
  const rounds = Math.max(1, Math.ceil(options.actions / ROUND_ACTIONS));
  const struck = new Map<string, Struck>();
  const found = new Map<string, Checked['violations'][number]>();
  const keep = (violation: Checked['violations'][number]): void => void found.set(violation.says, violation);
  let given = 0;
  let findings: FaultFindings | undefined;

  for (const [index, fault] of plan.entries()) {
    // Wishes are spread evenly over the faults, and what a fault needs to meet is given in its midst.
    const due = Math.ceil((wishes.length * (index + 1)) / plan.length);
    const half = Math.ceil((due - given) / 2);
    const give = (upTo: number): void => {
      bed.agents.give(wishes.slice(given, upTo));
      given = Math.max(given, upTo);
    };
    give(given + half);
    await pause(below(MOST_PAUSE_MS));
    const violated = (says: string): void => keep({ kind: 'allowed wrongly', says: `${fault.name}: ${says}` });
    const ms = await fault.strike(bed, { below, stir: () => give(due), violated });
    give(due);
    const entry = struck.get(fault.name) ?? { name: fault.name, kills: fault.kills, served: [] };
    entry.served.push(ms);
    struck.set(fault.name, entry);
    say(`${String(index + 1)}/${String(plan.length)} ${fault.name}: served again after ${(ms / 1000).toFixed(1)} s`);

    const round = Math.ceil(((index + 1) * rounds) / plan.length);
    const isRoundOver = index + 1 === plan.length || Math.ceil(((index + 2) * rounds) / plan.length) > round;
    if (!isRoundOver) continue;
    await untilQuiet(bed);
    const checked = await check(bed, wishes.slice(0, given));
    checked.violations.forEach(keep);
    say(
      `round ${String(round)}/${String(rounds)}: ${String(checked.workflows)} workflows, ${String(checked.records)} on record, ` +
        `${String(checked.effects.succeeded)} succeeded, ${String(checked.violations.length)} violations`,
    );
    for (const { kind, says } of checked.violations.slice(0, 10)) say(`  ${kind}: ${says}`);
    const all = [...struck.values()];
    findings = {
      actions: given,
      kills: all.reduce((sum, { kills, served }) => sum + kills * served.length, 0),
      rounds: round,
      struck: all,
      checked: { ...checked, violations: [...found.values()] },
      ownDeaths: bed.ownDeaths,
    };
    tell(findings);
  }
  if (findings === undefined) throw new Error('Nothing was struck: give at least one kill');
  return findings;
}
