import { readyFor } from '../../classify/index.ts';
import { ENGINE } from '../../decide/trial.ts';
import type { SimulationReport } from '../../policy/simulate/report.ts';
import type { RecordedAction, SimulationOptions } from '../../policy/simulate/simulation.ts';
import { Simulation } from '../../policy/simulate/simulation.ts';

const LEFT_OUT =
  'An action as the API shows it has no session, tags, team or tool: rules that ask for them are tried without.';

/** Tries a candidate on actions that were read from a file, oldest first, the newest `most` of them. */
export async function simulateHere(
  options: Omit<SimulationOptions, 'engine'>,
  actions: readonly RecordedAction[],
  { most, unreadable }: { most: number; unreadable: number },
): Promise<SimulationReport> {
  const simulation = new Simulation({ ...options, engine: ENGINE });
  const oldestFirst = actions.toSorted((a, b) => a.at - b.at);
  const newest = most === 0 ? [] : oldestFirst.slice(-most);
  for (const one of newest) {
    await readyFor(one.action);
    simulation.take(one);
  }
  const report = simulation.report({ truncated: actions.length > newest.length, unreadable });
  const shown = newest.some(({ recorded }) => recorded !== null);
  return shown ? { ...report, notes: [...report.notes, LEFT_OUT] } : report;
}
