import type { rules as presetRules } from '@secretlint/secretlint-rule-preset-recommend';
import type { RawFind } from './finding.ts';

type Rule = (typeof presetRules)[number];
type RuleContext = Parameters<Rule['create']>[0];
type SourceCode = Parameters<NonNullable<ReturnType<Rule['create']>['file']>>[0];

/** Rules left out: one lets a text switch the others off by a comment, the other takes long on many beginnings of keys. */
const LEFT_OUT = /-(filter-comments|privatekey)$/;
const NAMES: Readonly<Record<string, string>> = {
  aws: 'AWS secret access key',
  gcp: 'Google service account',
  npm: 'npm token',
  basicauth: 'credentials in a URL',
  slack: 'Slack token',
  sendgrid: 'SendGrid key',
  shopify: 'Shopify key',
  github: 'GitHub token',
  openai: 'OpenAI key',
  linear: 'Linear key',
  '1password': '1Password token',
};
const MAX_FINDS = 100;

/** Thrown by our own context to leave a rule that has found enough. */
class Enough extends Error {}

/**
 * Runs the rules of secretlint's recommended preset over a text. Its own runner is asynchronous, and knows nothing that
 * the rules need: they are plain functions that report ranges to a context.
 */
export function runRules(rules: readonly Rule[], text: string): RawFind[] {
  return rules.filter((rule) => !LEFT_OUT.test(rule.meta.id)).flatMap((rule) => runRule(rule, text));
}

function runRule(rule: Rule, text: string): RawFind[] {
  const finds: RawFind[] = [];
  const id = rule.meta.id.replace(/^.*secretlint-rule-/, '');
  const context: Partial<RuleContext> = {
    sharedOptions: {},
    createTranslator: () => (messageId, data) => ({
      messageId: String(messageId),
      message: '',
      data: { ...data },
    }),
    ignore: () => undefined,
    report: ({ range, message }) => {
      const [start, end] = place(text, range, message.data);
      finds.push({ kind: 'secret', name: NAMES[id] ?? id, start, end });
      if (finds.length >= MAX_FINDS) throw new Enough();
    },
  };
  const source: Partial<SourceCode> = { content: text, contentType: 'text', filePath: 'argument.txt', ext: '.txt' };
  try {
    // The rules use no more of either than what is here; what they might use tomorrow would throw, and be caught.
    void rule.create(context as RuleContext, {}).file?.(source as SourceCode);
  } catch (error) {
    if (!(error instanceof Enough))
      finds.push({ kind: 'secret', name: `${id}, which could not look`, start: 0, end: 0 });
  }
  return finds;
}

/** Some rules report the place of the name before the key: the key itself is in the data of the message. */
function place(text: string, [start, end]: readonly [number, number], data: unknown): [number, number] {
  const key = typeof data === 'object' && data !== null && 'KEY' in data ? data.KEY : undefined;
  if (typeof key !== 'string' || key === '') return [start, end];
  const at = text.slice(start, start + key.length + 200).indexOf(key);
  return at < 0 ? [start, end] : [start + at, start + at + key.length];
}
