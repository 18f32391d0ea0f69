import { approvalTermsSchema, plainTerms } from '@gatehouse/sdk/contract';
import { stageSays, termsSay } from '../../../src/console/said/terms.ts';

const reviewers = { users: ['ann'], groups: ['leads', 'security'], roles: [] };

describe('terms in words', () => {
  it('are few where everything is at its default', () => {
    const terms = plainTerms(3600);
    expect(terms.stages.map(stageSays)).toEqual(['one of: any reviewer']);
    expect(termsSay(terms)).toEqual([['Stays open', '1 h; then it is refused']]);
  });

  it('say who, how many, and of how many groups', () => {
    const stage = { name: 'review', reviewers, quorum: 2, distinctGroups: true, escalation: [] };
    expect(stageSays(stage)).toBe('2 different people of: ann, or the groups leads, security, each from another group');
  });

  it('leave nothing out', () => {
    const terms = approvalTermsSchema.parse({
      expiresInSeconds: null,
      remindEverySeconds: 14_400,
      hours: { days: ['mon', 'fri'], from: '09:00', to: '18:00', timeZone: 'Europe/Berlin' },
      run: [{ from: '22:00' }],
      commentRequired: true,
      tickets: ['OPS-#'],
      grants: { uses: 20, withinSeconds: 28_800 },
    });
    expect(termsSay(terms)).toEqual([
      ['Stays open', 'until it is answered'],
      ['Reminder', 'every 4 h'],
      ['Clocks run', 'mon, fri, 09:00 to 18:00, Europe/Berlin'],
      ['Runs only', 'every day, 22:00 to 24:00, UTC'],
      ['Comment', 'required'],
      ['Comment has', 'a word like OPS-#'],
      ['Permission', 'can be added to the approval: at most 20 uses within 8 h'],
    ]);
  });
});
