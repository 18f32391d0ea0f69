import { PROGRAMS } from '../../../src/classify/shell/programs/index.ts';

const phrasesOf = (list: string): string[] => list.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '));

test('no phrase of a program stands twice, is empty, or could never be typed', () => {
  const wrong = [...PROGRAMS].flatMap(([name, { does = {} }]) => {
    const all = Object.values(does).flatMap(phrasesOf);
    const twice = all.filter((phrase, index) => all.indexOf(phrase) !== index);
    const odd = all.filter((phrase) => phrase === '' || phrase.split(' ').length > 5 || phrase.endsWith('_'));
    return [...twice, ...odd].map((phrase) => `${name}: ${phrase}`);
  });
  expect(wrong).toEqual([]);
});

test('every rule of a program names what it looks for', () => {
  const empty = [...PROGRAMS].flatMap(([name, { instead = [], also = [] }]) =>
    [...instead, ...also].filter(({ on, has, lacks }) => [on, has, lacks].includes('')).map(() => name),
  );
  expect(empty).toEqual([]);
});
