import type { ExportEncoder, ExportFormat } from './format.ts';
import { ndjsonEncoder } from './ndjson.ts';

/** What writes a format. The libraries of the tabular ones are loaded for them alone. */
export async function encoderFor(format: ExportFormat, options: { header: boolean }): Promise<ExportEncoder> {
  switch (format) {
    case 'ndjson':
      return ndjsonEncoder();
    case 'csv':
      return (await import('./csv.ts')).csvEncoder(options);
    case 'parquet':
      return (await import('./parquet.ts')).parquetEncoder();
  }
}
