import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { toColumns, type ExportEncoder } from './format.ts';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];
type Column = keyof ReturnType<typeof toColumns>;

const text = (name: Column, needed: boolean): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: name === 'data' ? 'JSON' : 'UTF8',
  repetition_type: needed ? 'REQUIRED' : 'OPTIONAL',
});

const SCHEMA: readonly SchemaElement[] = [
  { name: 'seq', type: 'INT64', repetition_type: 'REQUIRED' },
  { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
  ...(['kind', 'actor', 'action'] as const).map((name) => text(name, true)),
  ...(['agent', 'type', 'target', 'outcome'] as const).map((name) => text(name, false)),
  text('key', true),
  text('data', false),
  ...(['data_digest', 'hash'] as const).map((name) => text(name, true)),
];

/** Parquet with Snappy, a row group a page, so that memory does not grow with the file. */
export function parquetEncoder(): ExportEncoder {
  const bytes = new ByteWriter();
  const root: SchemaElement = { name: 'record', num_children: SCHEMA.length };
  const writer = new ParquetWriter({ writer: bytes, schema: [root, ...SCHEMA], createdBy: 'gatehouse' });
  /** What was written since the last call; the writer goes on counting from the beginning of the file. */
  const taken = (): Uint8Array => {
    const written = new Uint8Array(bytes.buffer.slice(0, bytes.index));
    bytes.index = 0;
    return written;
  };
  return {
    encode: async (rows) => {
      const cells = rows.map(toColumns);
      const columnData = SCHEMA.map(({ name }) => ({ name, data: cells.map((cell) => valueOf(cell, name)) }));
      await writer.write({ columnData, rowGroupSize: rows.length });
      return taken();
    },
    finish: async () => {
      await writer.finish();
      return taken();
    },
  };
}

function valueOf(cell: ReturnType<typeof toColumns>, name: string): unknown {
  if (name === 'seq') return BigInt(cell.seq);
  if (name === 'data') return cell.data === null ? null : (JSON.parse(cell.data) as unknown);
  return cell[name as Column];
}
