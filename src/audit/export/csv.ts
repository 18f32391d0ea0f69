import { stringify } from 'csv-stringify/sync';
import { toColumns, type ExportEncoder } from './format.ts';

const COLUMNS = ['seq', 'at', 'kind', 'actor', 'action', 'agent', 'type', 'target', 'outcome', 'key', 'data'];
const NOTHING = new Uint8Array(0);

/** RFC 4180 with a header. What a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvEncoder({ header }: { header: boolean }): ExportEncoder {
  let isFirst = header;
  return {
    encode: async (rows) => {
      const cells = rows.map((row) => ({ ...toColumns(row), at: new Date(row.at).toISOString() }));
      const columns = [...COLUMNS, 'data_digest', 'hash'];
      const text = stringify(cells, {
        ...{ header: isFirst, columns, record_delimiter: 'windows' },
        // Every text: the library would leave one with a lone line feed bare.
        ...{ escape_formulas: true, quoted_string: true },
      });
      isFirst = false;
      return Buffer.from(text, 'utf8');
    },
    finish: async () => NOTHING,
  };
}
