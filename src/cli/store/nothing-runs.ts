import { readSettings } from '../../settings.ts';
import { runningEmbedded } from '../../temporal/embedded-record.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Throws where a Gatehouse runs on the data folder. What it wrote meanwhile would be lost. Others, e.g. the processes of a
 * deployment, cannot be seen from here.
 */
export function assertNothingRuns(terminal: Terminal): void {
  const { dataDir } = readSettings(terminal.env, terminal.cwd);
  if (runningEmbedded(dataDir) === undefined) return;
  throw new CliError('running', `Gatehouse runs on ${dataDir}: stop it first.`, EXIT.other);
}
