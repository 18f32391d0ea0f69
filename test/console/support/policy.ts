/** What the tests of the console ask people about. */
export const CONSOLE_POLICY = `
version: 1
name: console
defaults:
  unmatched: block
  approval: { expiresIn: 1h }
rules:
  - id: one-person
    reason: A person must look at this.
    match: { action: ['held_*'] }
    effect: require_approval
    approval: { grants: { uses: 20, within: 8h } }
  - id: two-people
    reason: Two people must look at this.
    match: { action: ['deleted_*'] }
    effect: require_approval
    approval: { quorum: 2 }
  - id: leads-only
    reason: A lead must look at this.
    match: { action: ['lead_*'] }
    effect: require_approval
    approval: { reviewers: { groups: [leads] }, comment: required, ticket: 'OPS-#' }
  - id: too-much
    reason: Nobody may do so much.
    match: { action: ['held_*'] }
    when: 'has(args.amount) && args.amount > 100'
    effect: block
  - id: not-at-the-weekend
    reason: Not at the weekend.
    mode: shadow
    match: { action: ['shadowed_*'] }
    effect: block
  - id: shadowed-asks
    reason: Somebody must look.
    match: { action: ['shadowed_*'] }
    effect: require_approval
`;
