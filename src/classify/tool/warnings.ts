/** What a description warns of: the words as they stand there. */
export interface Warnings {
  /** Something is lost or overwritten. */
  loss: string | undefined;
  /** It cannot be undone. */
  final: string | undefined;
  /** It says that nothing is changed. */
  harmless: string | undefined;
  /** It changes only what it is given, and leaves the rest. */
  partial: boolean;
}

const LOSS =
  /\bdestructive|data loss|\bno undo\b|will be (?:permanently )?(?:lost|deleted|removed|destroyed|overwritten|replaced)|\b(?:discard|overwrit|delet|destroy|replac|eras|wip)(?:e|es|ing)? (?:all|any|every|everything|its|the (?:existing|current|entire|whole)|existing)\b|\boverwrites\b|\b(?:full|complete|entire) (?:replacement|desired state)|\bwith extreme caution|\buse with caution|\bdangerous\b|never (?:run|call|use) (?:this )?(?:autonomously|automatically|without)|(?:requires?|without|ask(?:ing)? for) (?:explicit |user |human )*(?:confirmation|approval|consent) (?:from the user|before)/i;
const PERMANENT = /\bpermanent(?:ly)?\b/i;
const FINAL =
  /\birreversibl[ey]|\birrevocabl[ey]|can(?:not|'t|’t| not) be (?:undone|reversed|recovered|restored|reverted)|\bpermanent(?:ly)?\b/i;
const NOT = /\b(?:non|not|no|never|without|isn't|cannot|avoid|nothing is|doesn't|don't)[\s-]+(?:\w+\s+){0,2}$/i;
const HARMLESS =
  /\bread[- ]only\b(?! (?:mode|replica|user|role|token|key|flag|access))|\b(?:does|do|will) not (?:\w+ )?(?:modify|change|write|alter|create|delete|affect)|without (?:modifying|changing|side effects)|no (?:side[- ]effects|changes are made|modifications)/i;
const PARTIAL =
  /\bonly (?:the )?(?:\w+ )?(?:fields|properties|attributes|values|parameters)|\b(?:omitted|unspecified|other) (?:fields|properties|attributes|values)|\bpartial(?:ly)? update|\bleft (?:unchanged|untouched)/i;

/** Looks through a description for warnings. Linear in its length; the caller bounds that. */
export function readWarnings(text: string, deletes: boolean): Warnings {
  return {
    loss: said(LOSS, text) ?? (deletes ? said(PERMANENT, text) : undefined),
    final: said(FINAL, text),
    harmless: HARMLESS.exec(text)?.[0],
    partial: PARTIAL.test(text),
  };
}

/** The first place where a text says it, and does not say the opposite ("non-destructive"). */
function said(pattern: RegExp, text: string): string | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  return NOT.test(text.slice(Math.max(0, found.index - 40), found.index)) ? undefined : found[0];
}
