import { z } from 'zod';

/** Where the Temporal UI is, which may have payloads decoded for whoever is signed in. */
export const temporalUiVariables = {
  GATEHOUSE_TEMPORAL_UI_ORIGIN: z
    .string()
    .refine(isOrigin, { error: 'it is not the origin of a page: scheme, host and port, and nothing after them' })
    .optional(),
};

export const TEMPORAL_UI_FIXES = {
  GATEHOUSE_TEMPORAL_UI_ORIGIN: 'Give what the address of the Temporal UI begins with, e.g. http://127.0.0.1:8080',
};

function isOrigin(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value;
}
