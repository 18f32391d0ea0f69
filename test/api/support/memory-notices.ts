import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import type { NoticesGateway } from '../../../src/api/notices-gateway.ts';
import { GateProblem } from '../../../src/decide/problem.ts';

/** One delivery in memory. It stands in for the real ones only here. */
export function createMemoryNotices(): NoticesGateway {
  return {
    list: (caller) =>
      caller.role === 'agent'
        ? Promise.reject(new GateProblem('forbidden', 'Who was told of what is for people. Use a key of one.'))
        : Promise.resolve(EXAMPLES.NoticeList),
  };
}
