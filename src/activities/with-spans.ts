import { inSpan } from '../observability/spans.ts';
import type { ActionRequest } from '../workflows/messages.ts';

type Steps = Record<string, (input: { request?: ActionRequest }) => Promise<unknown>>;

/** Makes each step a span of the trace that its action belongs to. */
export function withSpans<Given extends object>(steps: Given): Given {
  const wrapped = Object.entries(steps as Steps).map(([name, step]) => [
    name,
    (input?: { request?: ActionRequest }) => {
      const request = input?.request;
      // Steps that know only an id have no trace to belong to.
      if (request?.trace === undefined) return step(input ?? {});
      const attributes = { 'gatehouse.action.id': request.actionId, 'gatehouse.action.type': request.type };
      return inSpan(`step ${name}`, { parent: request.trace, attributes }, () => step({ ...input, request }));
    },
  ]);
  return Object.fromEntries(wrapped) as Given;
}
