import { escapeText } from '../../../foreign/escape.ts';
import { moment, type Cell, type Report } from './report.ts';

export type Format = 'md' | 'json' | 'csv';
export const FORMATS: readonly Format[] = ['md', 'json', 'csv'];

/** A report as text. Markdown and CSV escape what is foreign; JSON has it as it is. */
export async function writeReport(report: Report, format: Format): Promise<string> {
  if (format === 'json') return JSON.stringify(toJson(report));
  return format === 'csv' ? writeCsv(report) : writeMarkdown(report);
}

function toJson({ name, period, sections }: Report): object {
  return {
    report: name,
    from: moment(period.from),
    to: moment(period.to),
    sections: sections.map(({ title, columns, rows, texts = [] }) => ({
      title,
      rows: rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))),
      ...(texts.length === 0 ? {} : { texts }),
    })),
  };
}

function writeMarkdown({ title, period, sections }: Report): string {
  const lines = [`# ${title}`, '', `From ${String(moment(period.from))} to ${String(moment(period.to))}.`];
  for (const section of sections) {
    lines.push('', `## ${section.title}`, '');
    if (section.rows.length === 0) lines.push('None.');
    else {
      lines.push(`| ${section.columns.join(' | ')} |`, `|${' --- |'.repeat(section.columns.length)}`);
      for (const row of section.rows) lines.push(`| ${row.map(markdownCell).join(' | ')} |`);
    }
    for (const { title: name, text } of section.texts ?? []) {
      // A fence that nothing in the text can close.
      const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
      lines.push('', `### ${name}`, '', `${fence}diff`, text, fence);
    }
  }
  return lines.join('\n');
}

function markdownCell(cell: Cell): string {
  if (cell === null) return '';
  return escapeText(String(cell)).replace(/[|<>`*_[\]&#]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** Spreadsheets take a cell that begins like that for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

async function writeCsv({ sections }: Report): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  const [section] = sections;
  if (section === undefined) return '';
  const rows = section.rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell)),
  );
  return stringify([[...section.columns], ...rows]).trimEnd();
}
