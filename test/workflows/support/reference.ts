import type { ApprovalTerms, Reviewers } from '@gatehouse/sdk/contract';
import type { WeighedVerdict } from '../../../src/workflows/approval.ts';
import type { Person } from '../../../src/workflows/eligibility.ts';
import { AGENT } from './rounds.ts';

export interface Asked {
  approvalId: string;
  actionDigest: string;
  policyDigest: string;
  terms: ApprovalTerms;
}
interface Seat {
  from: string;
  to: string;
  part: number;
}
interface End {
  how: 'approved' | 'denied' | 'expired' | 'cancelled';
  by: string | null;
}

/**
 * What an approval is meant to be, in the plainest way: it keeps who said what, and works everything out of that anew
 * each time, by trying. It shares no line with the state machine that it is held against.
 */
export class Reference {
  part = 0;
  steps = 0;
  /** With the groups that the approval stood for when it was given. */
  approvals: { who: string; part: number; groups: string[] }[] = [];
  abstentions: { who: string; part: number }[] = [];
  seats: Seat[] = [];
  questions = 0;
  end: End | null = null;

  constructor(
    readonly asked: Asked,
    readonly people: readonly Person[],
  ) {}

  /** Those in whose place somebody speaks in a part, the person itself included; nobody where there is no say. */
  speaksFor(name: string, part: number): string[] {
    if (this.seats.some((seat) => seat.part === part && seat.from === name)) return [];
    return this.behind(name, part);
  }

  private behind(name: string, part: number): string[] {
    const before = this.seats.filter((seat) => seat.part === part && seat.to === name);
    return [...(this.isNamed(name, part) ? [name] : []), ...before.flatMap(({ from }) => this.behind(from, part))];
  }

  private isNamed(name: string, part: number): boolean {
    const person = this.people.find((one) => one.name === name);
    const stage = this.asked.terms.stages[part];
    if (person === undefined || stage === undefined || !['reviewer', 'admin'].includes(person.role)) return false;
    const climbed = part === this.part ? this.steps : 0;
    const lists: Reviewers[] = [stage.reviewers];
    for (let step = 0; step < climbed; step++) lists.push(stage.escalation[step]?.to ?? stage.reviewers);
    return lists.some((list) => {
      if ([...list.users, ...list.groups, ...list.roles].length === 0) return true;
      return (
        list.users.some((user) => user === name) ||
        list.roles.some((role) => role === person.role) ||
        list.groups.some((group) => person.groups.some((own) => own === group))
      );
    });
  }

  /** How many approvals of the open part count, by trying every way of giving each one group of its own. */
  count(): number {
    const given = this.approvals.filter(({ part }) => part === this.part);
    const stage = this.asked.terms.stages[this.part];
    if (stage?.distinctGroups !== true) return new Set(given.map(({ who }) => who)).size;
    const named = [...stage.reviewers.groups, ...stage.escalation.flatMap(({ to }) => to.groups)];
    return mostDifferent(given.map(({ groups }) => groups.filter((group) => named.includes(group))));
  }

  private groupsOf(name: string): string[] {
    const behind = this.behind(name, this.part);
    return this.people.filter((person) => behind.includes(person.name)).flatMap(({ groups }) => [...groups]);
  }

  /** True where the verdict counts. */
  hear(verdict: WeighedVerdict): boolean {
    if (this.end !== null || verdict.refusal !== null) return false;
    const { name, role } = verdict.reviewer;
    if (name === AGENT || (role !== 'reviewer' && role !== 'admin')) return false;
    for (const key of ['approvalId', 'actionDigest', 'policyDigest'] as const) {
      if (verdict[key] !== null && verdict[key] !== this.asked[key]) return false;
    }
    return this[verdict.verdict](name, verdict);
  }

  private approve(name: string, { detail, comment }: WeighedVerdict): boolean {
    if (this.has(this.approvals, name) && detail === null) return true;
    if (!this.mayApprove(name, comment)) return false;
    const before = { approvals: this.approvals, abstentions: this.abstentions };
    this.abstentions = this.without(this.abstentions, name);
    this.approvals = [...this.approvals, { who: name, part: this.part, groups: this.groupsOf(name) }];
    const stages = this.asked.terms.stages;
    const isFull = this.count() >= (stages[this.part]?.quorum ?? Infinity);
    const isLast = this.part === stages.length - 1;
    if (detail?.kind === 'grant') {
      const most = this.asked.terms.grants;
      const fits = most !== null && detail.grant.uses <= most.uses && detail.grant.withinSeconds <= most.withinSeconds;
      if (!fits || !isFull || !isLast) {
        Object.assign(this, before);
        return false;
      }
    }
    if (isFull && isLast) this.end = { how: 'approved', by: name };
    else if (isFull) Object.assign(this, { part: this.part + 1, steps: 0 });
    return true;
  }

  private reject(name: string): boolean {
    if (!this.hasSaid(name)) return false;
    this.end = { how: 'denied', by: name };
    return true;
  }

  private edit(name: string, { detail, comment }: WeighedVerdict): boolean {
    if (detail?.kind !== 'edit' || detail.digest === this.asked.actionDigest) return false;
    if (!this.mayApprove(name, comment)) return false;
    this.end = { how: 'approved', by: name };
    return true;
  }

  private ask(name: string, { detail }: WeighedVerdict): boolean {
    if (!this.hasSaid(name) || detail?.kind !== 'ask' || this.questions >= 20) return false;
    this.questions += 1;
    return true;
  }

  private delegate(name: string, { detail }: WeighedVerdict): boolean {
    const to = detail?.kind === 'delegate' ? detail.to : '';
    if (this.speaksFor(name, this.part).length === 0 || this.has(this.approvals, name)) return false;
    if (['', name, AGENT].includes(to) || this.approvals.some(({ who }) => who === to)) return false;
    if (this.seats.some((seat) => seat.part === this.part && seat.from === to)) return false;
    this.abstentions = this.without(this.abstentions, name);
    this.seats = [...this.seats, { from: name, to, part: this.part }];
    return true;
  }

  private abstain(name: string): boolean {
    if (this.has(this.abstentions, name)) return true;
    const fits = this.speaksFor(name, this.part).length > 0 && !this.approvals.some(({ who }) => who === name);
    if (fits) this.abstentions = [...this.abstentions, { who: name, part: this.part }];
    return fits;
  }

  private withdraw(name: string): boolean {
    const seat = this.seats.find(({ from, part }) => from === name && part === this.part);
    if (seat === undefined && !this.has(this.approvals, name) && !this.has(this.abstentions, name)) return false;
    this.silence(name);
    for (let next = seat; next !== undefined;) {
      const { from, to } = next;
      this.seats = this.seats.filter((one) => one.part !== this.part || one.from !== from);
      this.silence(to);
      next = this.seats.find((one) => one.from === to && one.part === this.part);
    }
    return true;
  }

  private override(name: string, { reviewer, comment, unsigned }: WeighedVerdict): boolean {
    if (reviewer.role !== 'admin' || unsigned || comment === null) return false;
    this.end = { how: 'approved', by: name };
    return true;
  }

  private mayApprove(name: string, comment: string | null): boolean {
    const { commentRequired, tickets } = this.asked.terms;
    if (this.speaksFor(name, this.part).length === 0 || this.approvals.some(({ who }) => who === name)) return false;
    if (commentRequired && comment === null) return false;
    return tickets.length === 0 || comment === 'OPS-12';
  }

  private hasSaid(name: string): boolean {
    const spoke = [...this.approvals, ...this.abstentions].some(({ who }) => who === name);
    return spoke || this.asked.terms.stages.some((_, part) => this.holds(name, part));
  }

  /** A place that was given once is held, even where its giver had it by a step of a part that is over. */
  private holds(name: string, part: number): boolean {
    const seats = this.seats.filter((one) => one.part === part);
    if (seats.some(({ from }) => from === name)) return false;
    return seats.some(({ to }) => to === name) || this.speaksFor(name, part).length > 0;
  }

  private has(list: { who: string; part: number }[], name: string): boolean {
    return list.some(({ who, part }) => who === name && part === this.part);
  }

  private without<T extends { who: string; part: number }>(list: readonly T[], name: string): T[] {
    return list.filter(({ who, part }) => who !== name || part !== this.part);
  }

  private silence(name: string): void {
    this.approvals = this.without(this.approvals, name);
    this.abstentions = this.without(this.abstentions, name);
  }
}

/** The most people that can each have another group, by trying all ways. */
export function mostDifferent(
  [mine, ...others]: readonly (readonly string[])[],
  taken: readonly string[] = [],
): number {
  if (mine === undefined) return 0;
  const free = mine.filter((group) => !taken.includes(group));
  const withOne = free.map((group) => 1 + mostDifferent(others, [...taken, group]));
  return Math.max(mostDifferent(others, taken), ...withOne);
}
