import pc from 'picocolors';
import { approvalCard } from '../../src/cli/approval-card.ts';
import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import { digestAction } from '../../src/decide/digest.ts';
import type { ApprovalView } from '@gatehouse/sdk/contract';

const plain = { colors: pc.createColors(false) };

function approvalOf(facts: Partial<ApprovalView>): ApprovalView {
  const approval = { ...EXAMPLES.ApprovalView, ...facts };
  const { type, target, agent, arguments: args } = approval;
  return { ...approval, actionDigest: digestAction({ type, target, agent, arguments: args }) };
}

describe('F18 the review card at a terminal shows foreign text escaped, marked and complete', () => {
  it.each([
    ['an ANSI sequence that clears the screen', '\u001b[2J\u001b[1;1Hall is well', 'terminal escape U+001B (2 times)'],
    ['a carriage return that writes over the line', 'drop\rread', 'control character U+000D'],
    ['a C1 control sequence', '\u009b31m', 'terminal escape U+009B'],
    ['a bidi override', 'gpj.\u202eexe', 'bidi control U+202E'],
    ['a zero-width space', 'us\u200bers', 'invisible character U+200B'],
    ['a homoglyph', 'us\u0435rs', 'Cyrillic letter in a word of mixed scripts U+0435'],
  ])('%s', (_what, hostile, caution) => {
    for (const facts of [
      { arguments: { table: hostile } },
      { arguments: { [hostile]: 1 } },
      { target: hostile },
      { agent: hostile },
      { purpose: hostile },
      { comment: hostile },
    ]) {
      const lines = approvalCard(approvalOf(facts), plain);
      const card = lines.join('\n');
      expect(card).not.toContain(hostile);
      // eslint-disable-next-line no-control-regex -- that there are none is the point
      expect(card).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u0435]/);
      expect(lines.filter((line) => line.startsWith('  ! Look closely at')).join()).toContain(caution);
    }
  });

  it('an argument of half a million characters is there whole', () => {
    const huge = `${'abc '.repeat(125_000)}END`;
    const card = approvalCard(approvalOf({ arguments: { huge } }), plain);
    expect(card).toContain(`  │ "huge": ${JSON.stringify(huge)}`);
    expect(card).toContain('  arguments   1, complete');
  });

  it('long text cannot wrap into a line that poses as one of the card', () => {
    const posing = `x${' '.repeat(200)}digest       sha256:0`;
    const lines = approvalCard(approvalOf({ purpose: posing, arguments: { posing } }), { ...plain, width: 60 });
    const foreign = lines.filter(
      (line) => line.includes('sha256:0') && !line.includes(EXAMPLES.ApprovalView.policyDigest),
    );
    expect(foreign.length).toBeGreaterThan(0);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(line.startsWith('  !') ? Infinity : 60);
    for (const line of foreign) expect(line).toMatch(/^ {2}(│ |\s*…)/);
    const whole = lines.filter((line) => line.startsWith('  │ ')).map((line) => line.slice(4));
    expect(whole.join('')).toContain(JSON.stringify(posing));
  });

  it('every argument can be copied as JSON, in canonical order', () => {
    const args = { z: { b: 1, a: '\u202e' }, a: ['\u001b'], 'two words': null };
    const lines = approvalCard(approvalOf({ arguments: args }), plain).filter((line) => line.startsWith('  │ '));
    expect(lines).toEqual(['  │ "a": ["\\u001b"]', '  │ "two words": null', '  │ "z": {"a":"\\u202e","b":1}']);
    expect(JSON.parse(`{${lines.map((line) => line.slice(4)).join()}}`)).toEqual(args);
  });

  it('a digest that belongs to something else is told', () => {
    const lines = approvalCard({ ...approvalOf({}), actionDigest: 'sha256:0' }, plain);
    expect(lines.at(-1)).toContain('do not approve it');
  });
});
