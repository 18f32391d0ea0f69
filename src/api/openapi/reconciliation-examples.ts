import type { ReconciliationList } from '../../reconcile/wire.ts';

/** Examples of the comparisons of Temporal with the record. */
export const RECONCILIATION_EXAMPLES = {
  ReconciliationList: {
    reconciliations: [
      {
        at: '2026-02-03T10:00:00.000Z',
        tookMs: 640,
        since: null,
        graceSeconds: 60,
        temporal: { workflows: 1204, open: 3, closed: 1201 },
        record: { actions: 5210, open: 3, settled: 5207, beyondRetention: 4005 },
        effects: { claims: 4810, reported: 4790, unknown: 18 },
        inFlight: 1,
        histories: null,
        equal: false,
        differences: 1,
        listed: [
          {
            kind: 'not_recorded',
            actionId: 'act_7Yk2mQ',
            runId: '01a208c2-2f7b-7e7f-a182-3f014e97d775',
            record: null,
            temporal: { state: 'completed', status: 'succeeded' },
            repair: 'history',
          },
        ],
      },
    ],
  } satisfies ReconciliationList,
} as const;
