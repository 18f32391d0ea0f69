import { collectSpans } from './spans.ts';

/** Sends what is collected, until it is closed. */
export interface Tracing {
  /** Sends what is left. */
  close(): Promise<void>;
}

/**
 * Sends spans by OTLP over HTTP where the standard variables name a place, `OTEL_EXPORTER_OTLP_ENDPOINT` or
 * `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`; otherwise nothing is loaded and nothing collected. The exporter reads the other
 * `OTEL_*` variables by itself.
 */
export async function startTracing(env: NodeJS.ProcessEnv, version: string): Promise<Tracing | undefined> {
  const endpoints = [env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'], env['OTEL_EXPORTER_OTLP_ENDPOINT']];
  if (endpoints.every((endpoint) => endpoint === undefined || endpoint === '')) return undefined;
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': env['OTEL_SERVICE_NAME'] ?? 'gatehouse',
      'service.version': version,
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  collectSpans(true);
  return {
    close: async () => {
      collectSpans(false);
      await provider.shutdown();
    },
  };
}
