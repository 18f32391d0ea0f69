import { termsLoosened } from './loosened-terms.ts';
import type { PlacedRule } from './packs.ts';
import type { RuleMode } from './policy.ts';
import { STRICTNESS } from './policy.ts';
import type { PolicyProblem } from './problem.ts';
import { comparePlaces } from './problem.ts';
import type { Placed, ReadFile } from './read-file.ts';
import type { OverrideSource, RuleSource } from './schema.ts';
import { ruleSchema } from './schema.ts';
import { PLAIN_TERMS, termsOf } from './terms.ts';
import type { Place } from './source-map.ts';

/** Who changed a rule, why, and what it said before. */
export interface Overridden {
  by: string;
  reason: string;
  was: { effect: RuleSource['effect']; mode: RuleMode; approval?: RuleSource['approval'] };
}

/** A rule in its last form. */
export interface FinalRule extends PlacedRule {
  overridden: Overridden | null;
}

interface Applied {
  rules: FinalRule[];
  problems: PolicyProblem[];
  warnings: PolicyProblem[];
}

/** Changes rules as the overrides of all files say. Loosening is a warning: somebody should know of it. */
export function applyOverrides(rules: readonly PlacedRule[], files: readonly ReadFile[]): Applied {
  const final = new Map<string, FinalRule>(rules.map((rule) => [rule.id, { ...rule, overridden: null }]));
  const problems: PolicyProblem[] = [];
  const warnings: PolicyProblem[] = [];
  const all = files.flatMap((file) =>
    file.overrides.map((override) => ({ file, override, place: at(file, override) })),
  );
  all.sort((a, b) => comparePlaces(a.place, b.place));
  for (const { file, override, place } of all) {
    const { rule: id } = override.source;
    const rule = final.get(id);
    if (rule === undefined) {
      problems.push({ ...place, message: `there is no rule ${id} to override`, fix: nearest(id, [...final.keys()]) });
    } else if (rule.overridden !== null) {
      const message = `the rule ${id} is already overridden by ${rule.overridden.by}`;
      problems.push({ ...place, message, fix: 'keep one of the two' });
    } else {
      const changed = change(rule, override.source, file.name ?? file.path);
      const shape = ruleSchema.safeParse({ ...changed.source, id: rule.source.id });
      for (const { message } of shape.error?.issues ?? []) {
        problems.push({
          ...place,
          message: `the rule ${id} cannot be changed so: ${message}`,
          fix: 'change the override',
        });
      }
      const loosened = loosens(rule, changed);
      if (loosened !== null) {
        const message = `this loosens the rule ${id}: ${loosened}`;
        warnings.push({ ...place, message, fix: 'make sure that it is meant; it is shown wherever the rule is' });
      }
      final.set(id, changed);
    }
  }
  return { rules: [...final.values()], problems, warnings };
}

function at(file: ReadFile, override: Placed<OverrideSource>): { file: string } & Place {
  return { file: file.path, ...override.placeOf([]) };
}

function change(rule: PlacedRule, { effect, mode, approval, reason }: OverrideSource, by: string): FinalRule {
  const { approval: before, ...source } = rule.source;
  const after: RuleSource = { ...source, effect: effect ?? source.effect };
  // Terms that no longer belong to the effect go with it; terms that the override itself names are checked.
  const terms = approval ?? (after.effect === 'require_approval' ? before : undefined);
  if (terms !== undefined) after.approval = terms;
  const was = { effect: source.effect, mode: rule.mode, ...(before === undefined ? {} : { approval: before }) };
  return { ...rule, source: after, mode: mode ?? rule.mode, overridden: { by, reason, was } };
}

/** In words what is milder than before; null where nothing is. */
function loosens(before: PlacedRule, after: FinalRule): string | null {
  const [was, is] = [before.source, after.source];
  if (STRICTNESS.indexOf(is.effect) > STRICTNESS.indexOf(was.effect)) return `${was.effect} becomes ${is.effect}`;
  const held = was.effect !== 'allow';
  if (held && before.mode === 'enforce' && after.mode === 'shadow') return 'it is no longer enforced';
  if (!held && is.effect === 'allow' && before.mode === 'shadow' && after.mode === 'enforce') return 'it now allows';
  if (was.effect !== 'require_approval' || is.effect !== 'require_approval') return null;
  return termsLoosened(termsOf(was.approval, PLAIN_TERMS), termsOf(is.approval, PLAIN_TERMS));
}

/** The ids that share most of their beginning or end with the one that is not there. */
function nearest(id: string, known: readonly string[]): string {
  const last = id.split('/').at(-1) ?? id;
  const close = known.filter((one) => one.endsWith(`/${last}`) || one.startsWith(id) || one === last).slice(0, 3);
  return close.length === 0 ? 'name the id of a rule, with its pack in front' : `did you mean ${close.join(' or ')}?`;
}
