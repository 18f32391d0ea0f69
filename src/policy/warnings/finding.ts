import type { FinalRule } from '../overrides.ts';
import type { Path } from '../source-map.ts';

/** Something about a rule that is hardly meant, with the part of it that says so. */
export interface Finding {
  rule: FinalRule;
  path: Path;
  message: string;
  fix: string;
}
