import type { ApprovalStatus, Outcome, VerdictWord } from '@gatehouse/sdk/contract';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Decisions are wanted within 50 ms and are over after a few seconds: finer where the target is. */
const DECISION_SECONDS = [0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];
/** From at once to a month. */
const ANSWER_SECONDS = [10, 60, 300, 900, 3_600, 14_400, 43_200, 86_400, 259_200, 604_800, 2_592_000];

/** What this process has to say of itself and of what passes through it. No label holds anything that an agent chose. */
export interface Meters {
  registry: Registry;
  /** @param seconds from the request to the durable answer */
  decided(outcome: Outcome, seconds: number): void;
  /** A request that was refused, or failed, with this code. */
  refused: (code: string) => void;
  verdict(word: VerdictWord): void;
  /** @param seconds from the question to its end */
  approvalEnded(status: ApprovalStatus, seconds: number): void;
  /** Reads what is under way whenever somebody asks for the figures. */
  watchLoad(load: () => { inFlight: number; queued: number; limit: number; backlogMs: number }): void;
}

/** Makes the meters of one process, with those of Node beside them. */
export function createMeters(version: string): Meters {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: 'gatehouse_build_info', help: 'Always 1', labelNames: ['version'], registers }).set({ version }, 1);
  const decisions = new Counter({
    ...{
      name: 'gatehouse_decisions_total',
      help: 'Decisions answered, by outcome',
      labelNames: ['outcome'],
      registers,
    },
  });
  const decisionSeconds = new Histogram({
    name: 'gatehouse_decision_seconds',
    help: 'From the request to the durable answer',
    buckets: DECISION_SECONDS,
    registers,
  });
  const refusals = new Counter({
    ...{ name: 'gatehouse_refused_total', help: 'Requests refused, by problem code', labelNames: ['code'], registers },
  });
  const verdicts = new Counter({
    ...{ name: 'gatehouse_verdicts_total', help: 'Verdicts that counted, by word', labelNames: ['verdict'], registers },
  });
  const answers = new Histogram({
    name: 'gatehouse_approval_seconds',
    help: 'From the question to its end, by what became of it',
    labelNames: ['status'],
    buckets: ANSWER_SECONDS,
    registers,
  });
  const expired = new Counter({
    name: 'gatehouse_expired_total',
    help: 'Questions nobody answered in time',
    registers,
  });
  return {
    registry,
    decided: (outcome, seconds) => {
      decisions.inc({ outcome });
      decisionSeconds.observe(seconds);
    },
    refused: (code) => refusals.inc({ code }),
    verdict: (verdict) => verdicts.inc({ verdict }),
    approvalEnded: (status, seconds) => {
      answers.observe({ status }, seconds);
      if (status === 'expired') expired.inc();
    },
    watchLoad: (load) => watchLoad(registry, load),
  };
}

function watchLoad(registry: Registry, load: Parameters<Meters['watchLoad']>[0]): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(read());
      },
    });
  };
  gauge('gatehouse_in_flight', 'New actions under way in this process', () => load().inFlight);
  gauge('gatehouse_queued', 'New actions that wait for a place in this process', () => load().queued);
  gauge('gatehouse_in_flight_limit', 'How many may be under way at present', () => load().limit);
  gauge('gatehouse_backlog_seconds', 'How far the workers are behind', () => load().backlogMs / 1_000);
}
