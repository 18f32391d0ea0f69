import { agentAnswerRequestSchema, bulkVerdictRequestSchema, verdictRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { confirmAuthority } from './authority.ts';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { namedByItself } from './named-by-itself.ts';
import { readApprovalQuery, readApprovalsQuery, readGroupsQuery, readId } from './parameters.ts';
import { noteAction } from './request-log.ts';
import { resource } from './resource.ts';
import { validateBody } from './validate.ts';

/** The approvals: list, one with a long poll, the verdicts of reviewers, and the agent's answers to them. */
export function addApprovals(app: Express, { gateway, withCaller, waits }: ApiContext): void {
  resource(app, '/api/v1/approvals', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await gateway.approvals(caller, readApprovalsQuery(request)));
    }),
  });

  // Before the path with an id: no approval is called "groups", or "verdicts".
  resource(app, '/api/v1/approvals/groups', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await gateway.approvalGroups(caller, readGroupsQuery(request)));
    }),
  });

  resource(app, '/api/v1/approvals/verdicts', {
    post: withCaller(async ({ caller, request, response }) => {
      const given = validateBody(bulkVerdictRequestSchema, await readJsonBody(request));
      response.json(await gateway.verdicts(caller, given));
    }),
  });

  resource(app, '/api/v1/approvals/:id', {
    get: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'approval');
      const wait = {
        ...readApprovalQuery(request),
        signal: waits.begin(response),
        confirm: () => confirmAuthority(request),
      };
      const approval = await gateway.approval(caller, id, wait);
      noteAction(response, approval.actionId);
      response.json(approval);
    }),
  });

  resource(app, '/api/v1/approvals/:id/verdict', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'approval');
      const body = await readJsonBody(request);
      const named = namedByItself(body);
      if (named.length > 0) await gateway.refuseNamed(caller, id, named);
      const verdict = validateBody(verdictRequestSchema, body);
      // INVARIANT: an agent cannot approve. The gateway refuses it, and not this route, so that the attempt is on record.
      const approval = await gateway.verdict(caller, id, verdict);
      noteAction(response, approval.actionId);
      response.json(approval);
    }),
  });

  resource(app, '/api/v1/approvals/:id/answers', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'approval');
      const given = validateBody(agentAnswerRequestSchema, await readJsonBody(request));
      const approval = await gateway.answer(caller, id, given);
      noteAction(response, approval.actionId);
      response.json(approval);
    }),
  });
}
