/** Lines around a change that are shown with it. */
const AROUND = 2;
/** Texts with more changed lines than this are shown whole, the old one before the new. */
const MOST_CELLS = 4_000_000;

/** What changed between two texts, line by line: `-` for what went, `+` for what came, a space for what stayed. */
export function diffLines(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  const same = (): boolean => old[old.length - 1 - end] === now[now.length - 1 - end];
  while (end < old.length - start && end < now.length - start && same()) end += 1;
  const changed = diffMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const all = [
    ...old.slice(0, start).map((line) => ` ${line}`),
    ...changed,
    ...old.slice(old.length - end).map((line) => ` ${line}`),
  ];
  return withoutFar(all).join('\n');
}

/** By the longest common subsequence of the lines. */
function diffMiddle(old: readonly string[], now: readonly string[]): string[] {
  if (old.length * now.length > MOST_CELLS) return [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)];
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(` ${old[i] ?? ''}`);
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`-${old[i] ?? ''}`);
      i += 1;
    } else {
      lines.push(`+${now[j] ?? ''}`);
      j += 1;
    }
  }
  return lines;
}

function withoutFar(lines: readonly string[]): string[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some((line) => !line.startsWith(' ')),
  );
  return lines.flatMap((line, index) => (isNear[index] === true ? [line] : isNear[index - 1] === true ? ['…'] : []));
}
