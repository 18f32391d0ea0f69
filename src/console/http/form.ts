import type { Request } from 'express';
import { readBytes } from '../../api/body.ts';
import { GateProblem } from '../../decide/problem.ts';

/** Percent escapes make up to three bytes of one, so this holds any arguments that the API takes. */
const MAX_FORM_BYTES = 1024 * 1024;

/** Reads a form, as browsers send it. Throws `GateProblem` `unsupported_media_type`, `payload_too_large` or `invalid_json`. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/x-www-form-urlencoded') {
    throw new GateProblem('unsupported_media_type', 'This takes the forms of the console, and nothing else.');
  }
  const bytes = await readBytes(request, MAX_FORM_BYTES);
  return new URLSearchParams(bytes.toString('utf8'));
}

/** What a person wrote, or undefined where they wrote nothing. Browsers send line breaks as CR and LF. */
export function written(form: URLSearchParams, name: string): string | undefined {
  const text = (form.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  return text === '' ? undefined : text;
}
