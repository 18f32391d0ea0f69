import type { FieldError } from '@gatehouse/sdk/contract';
import type { z } from 'zod';

/** What zod found wrong, one entry a field, the field as a JSON pointer. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({
    field: issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    problem: issue.message,
    fix: issue.code === 'unrecognized_keys' ? `leave out ${issue.keys.join(', ')}` : 'send what the executor expects',
  }));
}
