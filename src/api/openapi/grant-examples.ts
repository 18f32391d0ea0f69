import type { ApprovalBackground, GrantView, RevokeGrantRequest, SecondLookRequest } from '@gatehouse/sdk/contract';

const grant: GrantView = {
  grantId: 'grt_7Yk2mQ_1',
  name: 'nightly clean-up',
  agent: 'cleanup-agent',
  type: 'delete_records',
  target: 'production_database',
  arguments: { table: 'users' },
  exact: false,
  rules: ['production-deletes'],
  uses: 20,
  used: 1,
  givenBy: 'maria',
  givenAt: '2026-02-03T10:06:00.000Z',
  approvalId: 'apr_7Yk2mQ_1',
  expiresAt: '2026-02-03T18:06:00.000Z',
  revokedBy: null,
  revokedAt: null,
  live: true,
};

const background: ApprovalBackground = {
  session: [
    {
      actionId: 'act_5Tg8wB',
      at: '2026-02-03T09:58:00.000Z',
      type: 'count_records',
      target: 'production_database',
      status: 'succeeded',
    },
  ],
  similar: [
    {
      approvalId: 'apr_2Lq9xV_1',
      at: '2026-01-27T10:00:00.000Z',
      agent: 'cleanup-agent',
      target: 'production_database',
      status: 'approved',
      resolvedBy: 'maria',
      comment: 'Checked with the owner',
      actionStatus: 'succeeded',
      sameArguments: false,
    },
  ],
};

/** Examples of what is looked at around an approval, and of standing permissions, by component. */
export const GRANT_EXAMPLES = {
  ApprovalBackground: background,
  SecondLookRequest: { comment: 'It was the right thing to do' } satisfies SecondLookRequest,
  GrantView: grant,
  GrantList: { grants: [grant], nextCursor: null },
  RevokeGrantRequest: { reason: 'The clean-up is over' } satisfies RevokeGrantRequest,
};
