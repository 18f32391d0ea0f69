import { Argument, Option, type Command } from 'commander';
import type { Store } from '../../../store/open.ts';
import { EXIT } from '../../exit-codes.ts';
import type { CommonOptions } from '../../run-command.ts';
import { runCommand } from '../../run-command.ts';
import type { Terminal } from '../../terminal.ts';
import { say } from '../../terminal.ts';
import { withStore } from '../sides.ts';
import { momentOf } from '../times.ts';
import { accessReport } from './access.ts';
import { approvalsReport } from './approvals.ts';
import { breakGlassReport } from './break-glass.ts';
import { grantsReport } from './grants.ts';
import { policyReport } from './policy.ts';
import type { Period, Report } from './report.ts';
import { FORMATS, writeReport, type Format } from './write.ts';

const REPORTS: Readonly<Record<string, (store: Store, period: Period) => Promise<Report>>> = {
  access: accessReport,
  approvals: approvalsReport,
  policy: policyReport,
  grants: grantsReport,
  'break-glass': breakGlassReport,
};

interface ReportOptions extends CommonOptions {
  from: string;
  to?: string;
  format: Format;
}

/** `gatehouse audit report`: what auditors ask for, made from the record. */
export function addReport(audit: Command, terminal: Terminal): void {
  audit
    .command('report')
    .description('who had access and answered what, policy changes, standing permissions, break-glass')
    .addArgument(new Argument('<name>', 'which').choices(Object.keys(REPORTS)))
    .option('--from <time>', 'from when on, e.g. 2026-11-01 or 30d for so long ago', '30d')
    .option('--to <time>', 'until when, which is not part of it; else now')
    .addOption(new Option('--format <format>', 'csv has the first table alone').choices(FORMATS).default('md'))
    .action((name: string, options: ReportOptions) =>
      runCommand(terminal, options, async () => {
        const now = Date.now();
        const from = momentOf(options.from, '--from', now);
        const to = options.to === undefined ? now : momentOf(options.to, '--to', now);
        const make = REPORTS[name] ?? accessReport;
        const report = await withStore(terminal, (store) => make(store, { from, to }));
        say(terminal, await writeReport(report, options.format));
        return EXIT.done;
      }),
    );
}
