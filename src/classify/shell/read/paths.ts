import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Arg } from '../words/expand.ts';
import { placeOf } from '../words/places.ts';

/** What is done to the thing that a path names. */
export type Touch = 'look' | 'write' | 'lose';

/** What it means to read, write or delete at a path, by the kind of place that it is in. */
export function touch(path: Arg, how: Touch): Deed[] {
  const place = placeOf(path.text);
  const shown = path.text.slice(0, 80);
  const here = { kind: 'filesystem' } as const;
  if (place === 'nowhere') return [];
  if (how === 'look') {
    return place === 'secret'
      ? [deed('reveal', path, `reads "${shown}", which holds secrets`)]
      : [deed('look', path, `reads "${shown}"`)];
  }
  if (place === 'secret') {
    return [
      deed(how === 'lose' ? 'lose' : 'overwrite', path, `changes "${shown}", which holds secrets`, {
        ...here,
        sensitivity: 'secrets',
      }),
    ];
  }
  if (how === 'lose') {
    const again = place === 'temporary' || place === 'artefact';
    if (again) return [deed('drop', path, `deletes "${shown}", which can be made again`, here)];
    return [deed('lose', path, `deletes "${shown}"${path.known ? '' : ', whatever that is'}`, here)];
  }
  const precious: Partial<Record<typeof place, string>> = {
    device: 'a device',
    system: 'a place of the system',
    history: 'the history of a repository',
    personal: "a person's own folder",
  };
  const what = precious[place];
  if (what !== undefined) return [deed('overwrite', path, `writes to "${shown}", ${what}`, here)];
  return [deed('write', path, `writes "${shown}"`, here)];
}
