import { approvalSchema } from './approval-schema.ts';
import { windowSchema } from './during.ts';

const { stages, escalate, reviewers, grants } = approvalSchema.shape;

/** What may stand at a place of the terms of an approval, by the last key of its path. */
export const APPROVAL_KEYS: Readonly<Record<string, string[]>> = {
  approval: Object.keys(approvalSchema.shape),
  reviewers: Object.keys(reviewers.unwrap().shape),
  to: Object.keys(reviewers.unwrap().shape),
  grants: Object.keys(grants.unwrap().shape),
  hours: Object.keys(windowSchema.shape),
  run: Object.keys(windowSchema.shape),
};

/** The same for elements of lists, by the key of the list. */
export const APPROVAL_LIST_KEYS: Readonly<Record<string, string[]>> = {
  stages: Object.keys(stages.unwrap().element.shape),
  escalate: Object.keys(escalate.unwrap().element.shape),
};

/** How to mend a key of them. */
export const APPROVAL_HINTS: Readonly<Record<string, string>> = {
  expiresIn: 'use a whole number and s, m, h or d, such as 30m, or never',
  remindEvery: 'use a whole number and s, m, h or d, such as 4h, or never',
  reviewers: 'write e.g. { groups: [leads] }, or leave it out for any one reviewer',
  users: 'name users, groups or roles, e.g. { users: [ann], groups: [leads] }',
  groups: 'write a list of groups, e.g. [leads]',
  roles: 'use reviewer, admin or both',
  quorum: 'ask for a whole number from 1 on, and for no more than there are people who may answer',
  distinctGroups: 'name more groups, or lower the quorum',
  escalate: 'write e.g. [{ after: 2h, to: { groups: [leads] } }], beside reviewers',
  stages: 'write e.g. [{ name: owner, reviewers: { groups: [owners] } }], and nothing of it beside the list',
  hours: 'write e.g. { days: [mon, fri], from: "09:00", to: "17:00", timeZone: Europe/Berlin }',
  run: 'write e.g. { days: [tue], from: "22:00", to: "02:00", timeZone: Europe/Berlin }',
  comment: 'use required or optional',
  ticket: 'write e.g. OPS-#, where # is one digit or more and * is any text',
  grants: 'write e.g. { uses: 20, within: 8h }',
  uses: 'give a whole number from 0 to 10000',
  excludeOwner: 'use true or false',
};
