import { z } from 'zod';
import { inForceSchema, runningSchema } from '../stops.ts';
import { page } from './common-parameters.ts';
import type { Operation, Parameter } from './operation.ts';

const stopId: Parameter = {
  name: 'id',
  in: 'path',
  schema: z.string().meta({ description: 'The id of the stop' }),
};
const places = page.filter(({ name }) => name !== 'agent');

/** The emergency stops. */
export const STOP_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/v1/stops',
    id: 'throwStop',
    summary:
      'Stop everything, or one agent, team, action type, target or tool server. Answered when nothing starts any more',
    tag: 'stops',
    body: 'ThrowStopRequest',
    answer: 'StopView',
    problems: ['forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/stops',
    id: 'listStops',
    summary: 'The emergency stops, newest first. For people alone',
    tag: 'stops',
    parameters: [{ name: 'inForce', in: 'query', schema: inForceSchema }, ...places],
    answer: 'StopList',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/stops/{id}',
    id: 'getStop',
    summary: 'One stop, with what became of it; what is left of what it covers is counted anew. For people alone',
    tag: 'stops',
    parameters: [stopId],
    answer: 'StopView',
    problems: ['forbidden', 'not_found'],
  },
  {
    method: 'get',
    path: '/api/v1/stops/{id}/actions',
    id: 'listStopped',
    summary: 'What a stop has ended, and what it found running. For people alone',
    tag: 'stops',
    parameters: [stopId, { name: 'running', in: 'query', schema: runningSchema }, ...places],
    answer: 'StoppedActionList',
    problems: ['invalid_request', 'forbidden', 'not_found'],
  },
  {
    method: 'post',
    path: '/api/v1/stops/{id}/lift',
    id: 'liftStop',
    summary: 'Lift a stop; what it ended stays ended. Admins and owners only',
    tag: 'stops',
    parameters: [stopId],
    body: 'LiftStopRequest',
    answer: 'StopView',
    problems: ['forbidden', 'step_up_required', 'not_found', 'already_resolved'],
  },
];
