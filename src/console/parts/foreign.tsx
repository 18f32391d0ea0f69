import type { Json } from '@gatehouse/sdk/contract';
import type { Piece, Span } from '../../foreign/escape.ts';
import { piecesOf, piecesOfJson } from '../../foreign/escape.ts';
import type { SpansAt } from '../../foreign/json-lines.ts';
import { jsonLines } from '../../foreign/json-lines.ts';

/**
 * Text of others, complete, with what could hide or pose written as an escape and marked.
 *
 * INVARIANT: F18 every text that is not ours reaches a page through here.
 */
export function Foreign({ text, spans }: { text: string; spans?: readonly Span[] }) {
  return (
    <bdi class="foreign">
      <Pieces pieces={piecesOf(text, false, spans)} />
    </bdi>
  );
}

/** A JSON value of others on one line. */
export function ForeignJson({ value }: { value: Json }) {
  return (
    <code class="foreign">
      <Pieces pieces={piecesOfJson(value)} />
    </code>
  );
}

/** A JSON value of others over as many numbered lines as it has members: a line that wraps has no number, and cannot pose as one. */
export function ForeignLines({ value, label, place, spansAt }: LinesProps) {
  return (
    <ol class="json" aria-label={label}>
      {jsonLines(value, spansAt, place).map(({ depth, pieces }) => (
        <li>
          {'  '.repeat(depth)}
          <Pieces pieces={pieces} />
        </li>
      ))}
    </ol>
  );
}

interface LinesProps {
  value: Json;
  label: string;
  place?: string;
  spansAt?: SpansAt;
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return <>{pieces.map((piece) => shown(piece))}</>;
}

function shown({ text, why, lit }: Piece) {
  const inner =
    why !== undefined ? (
      <span class="odd" title={why}>
        {text}
      </span>
    ) : text === '\\n' ? (
      <span class="break">{text}</span>
    ) : (
      text
    );
  return lit === true ? <mark>{inner}</mark> : inner;
}
