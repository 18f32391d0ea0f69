import { z } from 'zod';

/** The address under which people reach the console: where links in notices lead, and where sign-in comes back to. */
export const publicUrlVariables = {
  GATEHOUSE_PUBLIC_URL: z
    .string()
    .refine(isWebAddress, { error: 'it is not an http or https address without credentials, query or fragment' })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
};

export const PUBLIC_URL_FIXES = {
  GATEHOUSE_PUBLIC_URL: 'Give the address under which people reach the console, e.g. https://gatehouse.example.com',
};

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value) || /[?#]/.test(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
