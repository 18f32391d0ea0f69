import type { ClassifiedAction } from './classify.ts';
import { strictest } from './finding.ts';
import { once } from './once.ts';
import { findByTool } from './tool/by-tool.ts';

/** True when the names of a call say that it only looks. */
export const onlyReads = once(
  (action: ClassifiedAction): boolean => strictest(findByTool(action)).operation === 'read',
);
