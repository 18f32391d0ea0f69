import { escapeText } from '../../../foreign/escape.ts';

/** HTML that may be put into a page as it is. Only the functions of this file make any. */
export interface Html {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of others: visible, complete, and unable to be markup or to hide anything. */
export function text(foreign: string | number | null): Html {
  return { html: entities(escapeText(String(foreign ?? '–'))) };
}

/** Text of several lines that was made safe to show before, e.g. by `jsonText`. */
export function lines(safe: string): Html {
  return { html: `<pre>${entities(safe)}</pre>` };
}

/** Markup of ours with values in it: texts are escaped, lists are joined. */
export function markup(parts: TemplateStringsArray, ...values: (Html | string | readonly Html[])[]): Html {
  const made = values.map((value) =>
    typeof value === 'string' ? text(value).html : 'html' in value ? value.html : value.map((one) => one.html).join(''),
  );
  return { html: parts.map((part, index) => part + (made[index] ?? '')).join('') };
}

/** A table of names and values. */
export function facts(rows: readonly (readonly [name: string, value: Html | string | number | null])[]): Html {
  const row = ([name, value]: (typeof rows)[number]): Html =>
    markup`<tr>
      <th scope="row">${name}</th>
      <td>${isHtml(value) ? value : text(value)}</td>
    </tr>`;
  return markup`<table>
    ${rows.map(row)}
  </table>`;
}

/** A table with a head. */
export function table(head: readonly string[], rows: readonly (readonly (Html | string | number | null)[])[]): Html {
  const cells = (row: (typeof rows)[number]): Html[] =>
    row.map((cell) => markup`<td>${isHtml(cell) ? cell : text(cell)}</td>`);
  return markup`<table>
    <thead>
      <tr>
        ${head.map((name) => markup`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          markup`<tr>
            ${cells(row)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function isHtml(value: unknown): value is Html {
  return typeof value === 'object' && value !== null && 'html' in value;
}

function entities(of: string): string {
  return of.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
