import type { LiftStopRequest, StoppedActionList, StopView, ThrowStopRequest } from '@gatehouse/sdk/contract';

const stop: StopView = {
  stopId: 'stp_4Hn2vKqLr8sTzWbY',
  scope: 'agent',
  value: 'cleanup-agent',
  reason: 'It deletes what it should archive',
  thrownBy: 'maria',
  thrownAt: '2026-02-03T10:07:00.000Z',
  liftedBy: null,
  liftedAt: null,
  liftReason: null,
  inForce: true,
  stopped: 12,
  running: 1,
  left: 0,
  carriedOut: true,
};

const met: StoppedActionList = {
  actions: [
    {
      actionId: 'act_7Yk2mQ',
      agent: 'cleanup-agent',
      type: 'delete_records',
      target: 'production_database',
      was: 'held',
      status: 'cancelled',
      at: '2026-02-03T10:07:00.000Z',
    },
  ],
  nextCursor: null,
};

/** Examples of the emergency stops, by component. */
export const STOP_EXAMPLES = {
  ThrowStopRequest: { scope: 'agent', value: 'cleanup-agent', reason: stop.reason } satisfies ThrowStopRequest,
  StopView: stop,
  StopList: { stops: [{ ...stop, left: null }], nextCursor: null },
  StoppedActionList: met,
  LiftStopRequest: { reason: 'The agent was mended' } satisfies LiftStopRequest,
};
