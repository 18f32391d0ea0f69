import type { Command } from 'commander';
import { DIFFERENCES, type Difference } from '../../reconcile/difference.ts';
import { GRACE_MS, reconcile } from '../../reconcile/reconcile.ts';
import { repair, type Repaired } from '../../reconcile/repair.ts';
import type { Reconciliation } from '../../reconcile/wire.ts';
import { keepReconciliation } from '../../store/reconciliations.ts';
import { usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../layout.ts';
import { escapeText } from '../../foreign/escape.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { colorsFor, say, warn } from '../terminal.ts';
import { operatorName, withBothSides, type Sides } from './sides.ts';
import { momentOf } from './times.ts';

interface ReconcileCliOptions extends CommonOptions {
  repair?: boolean;
  histories?: boolean;
  since?: string;
  grace?: string;
}

const PROGRESS_EVERY = 10_000;

/** `gatehouse audit reconcile`: both sides of the equation, computed from the two systems. Exit code 1 where they differ. */
export function addReconcile(audit: Command, terminal: Terminal): void {
  audit
    .command('reconcile')
    .description('compare the workflows in Temporal with the actions on record; exit code 1 where they differ')
    .option('--since <time>', 'only what began then or later, e.g. 2026-11-01 or 30d')
    .option('--histories', 'read every history as well: verdicts and idempotency keys (about a hundred a second)')
    .option('--repair', 'repair what can be, visibly, and compare again')
    .option('--grace <seconds>', 'what moved so recently is in flight and no difference', '60')
    .option('--json', 'print the comparison as JSON')
    .action((options: ReconcileCliOptions) =>
      runCommand(terminal, options, () =>
        withBothSides(terminal, async (sides) => {
          const before = await compareSides(terminal, sides, options);
          const repaired = options.repair === true ? await repairAll(terminal, sides, before.listed) : null;
          const after =
            repaired?.some(({ done }) => done) === true ? await compareSides(terminal, sides, options) : before;
          if (options.json === true) say(terminal, JSON.stringify(repaired === null ? after : { ...after, repaired }));
          else tell(terminal, after, repaired);
          return after.equal ? EXIT.done : EXIT.other;
        }),
      ),
    );
}

async function compareSides(
  terminal: Terminal,
  { store, client, settings }: Sides,
  { since, histories, grace, json }: ReconcileCliOptions,
): Promise<Reconciliation> {
  const now = Date.now();
  const graceMs = grace === undefined ? GRACE_MS : Number(grace) * 1000;
  if (!(graceMs >= 0)) throw usageError(`--grace: ${JSON.stringify(grace)} is no number of seconds. Give e.g. 60.`);
  const temporal = { client, taskQueue: settings.taskQueue };
  const result = await reconcile(
    { store, temporal },
    {
      since: since === undefined ? null : momentOf(since, '--since', now),
      graceMs,
      histories: histories === true,
      now,
      onProgress: (workflows) => {
        if (json !== true && workflows % PROGRESS_EVERY === 0) warn(terminal, `${String(workflows)} workflows so far`);
      },
    },
  );
  await keepReconciliation(store, {
    at: now,
    took_ms: result.tookMs,
    actor: operatorName(terminal),
    differences: result.differences,
    report_json: JSON.stringify(result),
  });
  return result;
}

async function repairAll(
  terminal: Terminal,
  { store, client }: Sides,
  differences: readonly Difference[],
): Promise<Repaired[]> {
  const deps = { store, client, actor: operatorName(terminal), now: Date.now };
  const repaired: Repaired[] = [];
  for (const found of differences) repaired.push(await repair(deps, found));
  return repaired;
}

function tell(terminal: Terminal, result: Reconciliation, repaired: readonly Repaired[] | null): void {
  const { green, red, dim, bold } = colorsFor(terminal);
  const { temporal, record, effects, inFlight, histories } = result;
  const rows = [
    [
      'workflows in Temporal',
      String(temporal.workflows),
      `${String(temporal.closed)} closed + ${String(temporal.open)} open`,
    ],
    ['actions on record', String(record.actions), `${String(record.settled)} settled + ${String(record.open)} open`],
    ['beyond retention', String(record.beyondRetention), 'settled so long ago that Temporal keeps no workflow of them'],
    [
      'claims',
      String(effects.claims),
      `${String(effects.reported)} effects reported, ${String(effects.unknown)} unknown`,
    ],
    ['in flight', String(inFlight), `moved within the last ${String(result.graceSeconds)} seconds`],
    ...(histories === null ? [] : [['histories read', String(histories), 'verdicts and idempotency keys compared']]),
  ];
  for (const line of columns(rows.map(([name = '', count = '', what = '']) => [name, count.padStart(8), dim(what)]))) {
    say(terminal, line);
  }
  if (repaired !== null) {
    say(terminal, '');
    for (const { actionId, kind, done, says } of repaired) {
      say(terminal, `${done ? green('repaired') : red('left')}  ${escapeText(actionId)}  ${kind}: ${escapeText(says)}`);
    }
  }
  say(terminal, '');
  if (result.equal) {
    say(terminal, green('Equal: each workflow has its action, each action its workflow, and both the same end.'));
    return;
  }
  say(terminal, red(bold(`${String(result.differences)} differences`)));
  for (const found of result.listed) {
    say(terminal, `  ${bold(found.kind)}  ${escapeText(found.actionId)}  ${DIFFERENCES[found.kind].says}`);
    say(terminal, dim(`    record:   ${escapeText(JSON.stringify(found.record))}`));
    say(terminal, dim(`    Temporal: ${escapeText(JSON.stringify(found.temporal))}`));
    say(terminal, dim(`    ${found.repair === 'none' ? 'a person has to look at it' : 'can be repaired: --repair'}`));
  }
}
