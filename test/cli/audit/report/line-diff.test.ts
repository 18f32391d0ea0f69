import fc from 'fast-check';
import { diffLines } from '../../../../src/cli/audit/report/line-diff.ts';

describe('the difference of two texts', () => {
  it('names what went and what came, with a little around it', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh';
    expect(diffLines(before, before.replace('d', 'D')).split('\n')).toEqual([' b', ' c', '-d', '+D', ' e', ' f', '…']);
    expect(diffLines(before, before)).toBe('');
  });

  it('leads from the one to the other, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (old, now) => {
        const lines = diffLines(old.join('\n'), now.join('\n')).split('\n');
        const gone = lines.filter((line) => line.startsWith('-')).length;
        const come = lines.filter((line) => line.startsWith('+')).length;
        expect(old.length - gone + come).toBe(now.length);
        expect(gone + come === 0).toBe(old.join('\n') === now.join('\n'));
      }),
    );
  });

  it('shows long texts that have little in common one after the other, and takes no longer for it', () => {
    const long = (letter: string): string =>
      Array.from({ length: 5_000 }, (_, line) => `${letter}${String(line)}`).join('\n');
    expect(diffLines(long('a'), long('b')).split('\n')).toHaveLength(10_000);
  });
});
