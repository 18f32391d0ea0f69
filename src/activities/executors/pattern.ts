/** Whether `text` fits `glob`, where `*` stands for any run of characters, slashes included. Linear in practice: no RegExp. */
export function fitsGlob(glob: string, text: string): boolean {
  const parts = glob.split('*');
  const first = parts[0] ?? '';
  if (parts.length === 1) return glob === text;
  const last = parts[parts.length - 1] ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

/** Whether some text fits both globs. Used when executors are loaded, to find targets that two of them would run. */
export function globsOverlap(left: string, right: string): boolean {
  // reachable[j]: the first i characters of `left` and the first j of `right` can stand for the same text.
  let reachable = new Set([0]);
  const closeOverStars = (set: Set<number>): Set<number> => {
    for (let j = 0; j < right.length; j++) if (set.has(j) && right[j] === '*') set.add(j + 1);
    return set;
  };
  closeOverStars(reachable);
  for (const character of left) {
    const next = new Set<number>();
    for (const j of reachable) {
      if (character === '*') {
        for (let k = j; k <= right.length; k++) next.add(k);
      } else if (right[j] === '*') {
        next.add(j);
      } else if (right[j] === character) {
        next.add(j + 1);
      }
    }
    reachable = closeOverStars(next);
  }
  return reachable.has(right.length);
}
