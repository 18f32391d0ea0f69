import type { KnownPlace } from './places.ts';

/** Prepared once: names and steps by set, so that a path is looked up and not compared with each. */
export interface PlaceIndex {
  find(path: string): string | undefined;
}

/** Makes the look-up for a list of places; it answers with what is said of the first place that holds the path. */
export function indexPlaces(places: readonly KnownPlace[]): PlaceIndex {
  const names = new Map<string, string>();
  const prepared = places.map((place) => {
    for (const name of place.names ?? []) if (!names.has(name)) names.set(name, place.says);
    return { says: place.says, below: place.below ?? [], steps: place.steps ?? [], endings: place.endings ?? [] };
  });
  return {
    find(path) {
      const bounded = `/${path.replace(/^\/+/, '')}/`;
      const name = path.slice(path.lastIndexOf('/') + 1);
      const twoSteps = path.split('/').slice(-2).join('/');
      const byName = names.get(name) ?? names.get(twoSteps);
      if (byName !== undefined) return byName;
      return prepared.find(
        ({ below, steps, endings }) =>
          below.some((place) => path === place || path.startsWith(`${place}/`)) ||
          steps.some((step) => bounded.includes(`/${step}/`)) ||
          endings.some((ending) => name.endsWith(ending) && name !== ending),
      )?.says;
    },
  };
}
