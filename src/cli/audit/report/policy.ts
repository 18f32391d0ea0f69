import type { Loosening } from '@gatehouse/sdk/contract';
import type { Store } from '../../../store/open.ts';
import { readPolicyVersion } from '../../../store/policy-versions.ts';
import { diffLines } from './line-diff.ts';
import { moment, type Period, type Report } from './report.ts';

/** Which policies came into force in a period, by whom and why, with what each changed and loosened. */
export async function policyReport(store: Store, period: Period): Promise<Report> {
  const activations = await store.db
    .selectFrom('activations')
    .selectAll()
    .where('at', '>=', period.from)
    .where('at', '<', period.to)
    .orderBy('seq')
    .execute();
  const texts: { title: string; text: string }[] = [];
  for (const { seq, digest, previous } of activations) {
    const [now, before] = [await textOf(store, digest), await textOf(store, previous)];
    texts.push({ title: `Change ${String(seq)}: ${previous ?? 'nothing'} to ${digest}`, text: diffLines(before, now) });
  }
  return {
    name: 'policy',
    title: 'Policy changes',
    period,
    sections: [
      {
        title: 'Policies that came into force',
        columns: ['change', 'at', 'by', 'reason', 'digest', 'before', 'pinned', 'loosened'],
        rows: activations.map((row) => [
          row.seq,
          moment(row.at),
          row.actor,
          row.reason,
          row.digest,
          row.previous,
          row.pinned === 1 ? 'yes' : null,
          (JSON.parse(row.loosened_json) as Loosening[]).map(({ says }) => says).join('; ') || null,
        ]),
        texts,
      },
    ],
  };
}

/** Policies are kept in canonical form, all on one line: a line for each part of it shows what changed. */
async function textOf(store: Store, digest: string | null): Promise<string> {
  const text = digest === null ? '' : ((await readPolicyVersion(store, digest))?.text ?? '');
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
