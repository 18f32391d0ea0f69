import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
} from '@opentelemetry/api';

/** Attributes never hold arguments, and nothing that an agent chose but the type of its action. */
export interface SpanOptions {
  kind?: 'server' | 'client' | 'internal' | 'consumer';
  /** Whose part this is, where that is not what runs already. */
  parent?: string | undefined;
  attributes?: Attributes;
}

/** What a span may still be told while it is open. */
export interface OpenSpan {
  name(name: string): void;
  set(attributes: Attributes): void;
}

let on = false;

/** Called once something collects spans. Until then `inSpan` costs a comparison. */
export function collectSpans(collects: boolean): void {
  on = collects;
}

/** Whether anything collects spans. */
export function spansAreCollected(): boolean {
  return on;
}

const NOBODY: OpenSpan = { name: () => undefined, set: () => undefined };

/** Runs work as one span. What it throws is passed on, and marks the span as failed. */
export async function inSpan<T>(
  name: string,
  { kind = 'internal', parent, attributes = {} }: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  if (!on) return work(NOBODY);
  const from = parent === undefined ? context.active() : contextOf(parent);
  const span = trace.getTracer('gatehouse').startSpan(name, { kind: KINDS[kind], attributes }, from);
  const open: OpenSpan = { name: (now) => span.updateName(now), set: (more) => span.setAttributes(more) };
  try {
    return await context.with(trace.setSpan(from, span), () => work(open));
  } catch (error) {
    // The message may hold what an agent sent; the kind of error does not.
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
    throw error;
  } finally {
    span.end();
  }
}

/** The span that runs now, for whoever goes on with its work elsewhere; undefined where nothing collects spans. */
export function currentTraceparent(): string | undefined {
  if (!on) return undefined;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

function contextOf(traceparent: string): Context {
  return propagation.extract(context.active(), { traceparent });
}

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
  consumer: SpanKind.CONSUMER,
};
