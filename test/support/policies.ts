/** A small policy for tests of the machinery: the name of the action says what becomes of it. */
export const WORD_POLICY = `
version: 1
name: words
defaults:
  unmatched: block
  approval: { expiresIn: 1h }
rules:
  - id: let-it
    reason: This word may run.
    match: { action: ['read_*'] }
    effect: allow
  - id: ask-first
    reason: A person must look at this word.
    match: { action: ['held_*'] }
    effect: require_approval
  - id: ask-briefly
    reason: A person must look at this word, soon.
    match: { action: ['brief_*'] }
    effect: require_approval
    approval: { expiresIn: 1s }
  - id: never
    reason: This word never runs.
    match: { action: ['blocked_*'] }
    effect: block
  - id: never-twice
    reason: This target is out of bounds.
    match: { target: ['forbidden*'] }
    effect: block
`;
