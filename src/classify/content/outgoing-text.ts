import type { TextField } from '../fields.ts';

/** The first 256 KB of what leaves. What is behind that is not read, and counts as something that must not leave. */
export const MAX_SCANNED = 256 * 1024;

interface Piece {
  part: string;
  start: number;
  end: number;
}

/** All texts of a call as one, so that each scanner runs once; every text stands behind its key, as in `key: text`. */
export interface OutgoingText {
  text: string;
  complete: boolean;
  /** Leads a place of the joined text back to the argument that it lies in. */
  locate(start: number, end: number): { part: string; start: number; end: number; value: string } | undefined;
}

/** Joins texts up to the limit. */
export function joinTexts(fields: readonly TextField[], allRead: boolean): OutgoingText {
  const pieces: Piece[] = [];
  let text = '';
  let complete = allRead;
  for (const field of fields) {
    const room = MAX_SCANNED - text.length - field.key.length - 3;
    if (room <= 0) {
      complete = false;
      break;
    }
    if (field.text.length > room) complete = false;
    const start = text.length + field.key.length + 2;
    const piece = field.text.slice(0, room);
    text += `${field.key}: ${piece}\n`;
    pieces.push({ part: field.part, start, end: start + piece.length });
  }
  return { text, complete, locate: (start, end) => locate(pieces, text, start, end) };
}

function locate(
  pieces: readonly Piece[],
  text: string,
  start: number,
  end: number,
): ReturnType<OutgoingText['locate']> {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.end ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  const piece = pieces[low];
  if (piece === undefined || end <= piece.start) return undefined;
  const from = Math.max(start, piece.start);
  const to = Math.min(end, piece.end);
  return { part: piece.part, start: from - piece.start, end: to - piece.start, value: text.slice(from, to) };
}
