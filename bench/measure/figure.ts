/** A part of a whole. */
export interface Share {
  n: number;
  of: number;
}

/** One figure of a classifier on labelled data: what it caught and what it raised for nothing, always together. */
export interface Figure {
  what: string;
  /** Of the rows that should be caught, how many are; null where there is nothing to catch. */
  caught: Share | null;
  /** Of the harmless rows, how many are raised all the same. */
  falseAlarms: Share | null;
  /** Shares between 0 and 1: at least this much caught, at most this many false alarms. */
  target: { caught: number | null; falseAlarms: number | null };
  misses: { id: string; kind: 'missed' | 'false alarm'; text: string }[];
}

/** One labelled row as a classifier saw it. */
export interface Judged {
  id: string;
  text: string;
  should: boolean;
  does: boolean;
}

/** Counts labelled rows into one figure. */
export function figureOf(what: string, rows: readonly Judged[], target: Figure['target']): Figure {
  const bad = rows.filter((row) => row.should);
  const good = rows.filter((row) => !row.should);
  return {
    what,
    caught: bad.length === 0 ? null : { n: bad.filter((row) => row.does).length, of: bad.length },
    falseAlarms: good.length === 0 ? null : { n: good.filter((row) => row.does).length, of: good.length },
    target,
    misses: rows
      .filter((row) => row.should !== row.does)
      .map(({ id, text, should }) => ({ id, text, kind: should ? 'missed' : 'false alarm' })),
  };
}

/** `caught` and `falseAlarms` against their targets; null where there is no target. */
export function isMet({ caught, falseAlarms, target }: Figure): boolean | null {
  if (target.caught === null && target.falseAlarms === null) return null;
  const enough = target.caught === null || caught === null || caught.n / caught.of >= target.caught;
  const few =
    target.falseAlarms === null || falseAlarms === null || falseAlarms.n / falseAlarms.of <= target.falseAlarms;
  return enough && few;
}

/** One figure as a line for people. */
export function figureLine(figure: Figure): string {
  const met = isMet(figure);
  const parts = [
    figure.what,
    sayShare('caught', figure.caught, figure.target.caught, '>='),
    sayShare('false alarms', figure.falseAlarms, figure.target.falseAlarms, '<='),
    met === null ? 'no target' : met ? 'met' : 'NOT MET',
  ];
  return parts.filter(Boolean).join(' | ');
}

function sayShare(name: string, share: Share | null, target: number | null, sign: string): string {
  if (share === null) return '';
  const wanted = target === null ? '' : ` (target ${sign} ${percent(target)})`;
  return `${name} ${String(share.n)}/${String(share.of)} = ${percent(share.n / share.of)}${wanted}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
