import type { RawFind } from './finding.ts';
import { contentLibraries, scanWithLibraries } from './libraries.ts';
import { findKeyFormats, findPrivateKeys } from './secrets.ts';

/** Loads what `findInText` needs; without it no text counts as looked through. */
export async function readyForTexts(): Promise<void> {
  await contentLibraries.load();
}

/** Secrets and numbers of people in one text, wherever it goes; null where it could not be looked through. */
export function findInText(text: string): RawFind[] | null {
  const byLibraries = scanWithLibraries(text);
  if (typeof byLibraries === 'string') return null;
  return [...findPrivateKeys(text), ...findKeyFormats(text), ...byLibraries];
}
