#!/usr/bin/env node
// gatehouse-verify: checks an exported record against its own hashes and, where they are given, against signed checkpoints.
// It needs no database, no network and nothing of the server; docs/audit.md of Gatehouse describes the form.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readCheckpoints, readKeys } from './checkpoints.ts';
import { Walk, type WalkOptions } from './walk.ts';

const USAGE = `gatehouse-verify FILE [--checkpoints FILE --key FILE] [--verdict-key FILE] [--partial]

Checks an export of the record (NDJSON; - reads standard input): each entry against its hash, each against the one before,
the data against its digest, places without a gap.

  --checkpoints FILE  signed checkpoints, one a line, kept outside of the database
  --key FILE          the public key in PEM that they are signed with, or several
  --verdict-key FILE  the public key in PEM that the gate signs verdicts with, or several: who gave each is checked
  --partial           the export has filters or begins later: what it leaves out is no fault

Ends with 0 where all is whole, 1 where something is wrong, 2 where it cannot be looked at.`;

const MOST_TOLD = 20;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      checkpoints: { type: 'string' },
      key: { type: 'string' },
      'verdict-key': { type: 'string' },
      partial: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined || positionals.length > 1) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const walk = new Walk(optionsFrom(values));
  const input = file === '-' ? process.stdin : createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Infinity })) walk.take(line);
  walk.finish();
  return tell(walk);
}

interface Values {
  checkpoints?: string;
  key?: string;
  'verdict-key'?: string;
  partial: boolean;
}

function optionsFrom(values: Values): WalkOptions {
  const verdictKey = values['verdict-key'];
  if ((values.checkpoints === undefined) !== (values.key === undefined)) {
    throw new Error('--checkpoints and --key go together: a checkpoint counts by its signature');
  }
  return {
    checkpoints: values.checkpoints === undefined ? [] : readCheckpoints(readFileSync(values.checkpoints, 'utf8')),
    keys: values.key === undefined ? new Map() : readKeys(readFileSync(values.key, 'utf8')),
    verdictKeys: verdictKey === undefined ? null : readKeys(readFileSync(verdictKey, 'utf8')),
    partial: values.partial,
  };
}

function tell(walk: Walk): number {
  const { broken, entries, first, last, gaps, erased, vouchedFor, verdicts, signed } = walk;
  for (const { seq, line, says } of broken.slice(0, MOST_TOLD)) {
    process.stdout.write(`${seq === null ? `line ${String(line)}` : `entry ${String(seq)}`}: ${says}\n`);
  }
  if (broken.length > MOST_TOLD) process.stdout.write(`and ${String(broken.length - MOST_TOLD)} more\n`);
  const span = entries === 0 ? '0 entries' : `${String(entries)} entries, ${String(first)} to ${String(last)}`;
  const left = gaps === 0 ? '' : `, ${String(gaps)} gaps`;
  const gone = erased === 0 ? '' : `, the data of ${String(erased)} erased`;
  const vouched =
    vouchedFor === 0 ? 'no checkpoint vouches for them' : `a checkpoint vouches for them up to ${String(vouchedFor)}`;
  const given = verdicts === 0 ? '' : `; the keys prove ${String(signed)} of ${String(verdicts)} verdicts`;
  process.stdout.write(`${broken.length === 0 ? 'whole' : 'BROKEN'}: ${span}${left}${gone}; ${vouched}${given}\n`);
  return broken.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`gatehouse-verify: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
