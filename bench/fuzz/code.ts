import { chanceOf } from './chance.ts';
import type { Hostile } from './hostile.ts';
import type { Input, Kind } from './kind.ts';

/** Inputs for the parsers of code, from the generators of their own tests. */
export function codeKind(
  name: string,
  action: (text: string) => Input['action'],
  harmless: string,
  hostile: Hostile,
  isReadable: (text: string) => boolean,
): Kind {
  return {
    name,
    warm: [action(harmless)],
    *inputs(seed, runs) {
      const chance = chanceOf(seed);
      let done = 0;
      while (done < runs) {
        const before = done;
        for (const text of hostile(chance.below(2 ** 31))) {
          if (done >= runs) return;
          done += 1;
          yield { action: action(text), unreadable: !isReadable(text) };
        }
        if (done === before) throw new Error(`${name}: its generator makes nothing`);
      }
    },
  };
}
