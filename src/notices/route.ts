import type { NoticeKind } from '../audit/notice-kinds.ts';
import type { Severity } from '@gatehouse/sdk/contract';
import type { NoticesConfig } from './config.ts';

/** What routes look at. */
export interface Routed {
  kind: NoticeKind;
  /** The groups that are asked; none where anybody may answer, or nobody is asked. */
  groups: readonly string[];
  /** Null for what is about no question. */
  severity: Severity | null;
}

/** The channels that are told, each once, in the order of the file. A part of a route that is left out fits everything. */
export function channelsFor(
  { routes, channels }: Pick<NoticesConfig, 'routes' | 'channels'>,
  notice: Routed,
): string[] {
  const told = routes.filter(({ kinds, groups, severity }) => {
    if (kinds !== undefined && !kinds.includes(notice.kind)) return false;
    if (severity !== undefined && (notice.severity === null || !severity.includes(notice.severity))) return false;
    return groups === undefined || notice.groups.some((group) => groups.includes(group));
  });
  const names = new Set(told.flatMap(({ to }) => to));
  return [...channels.keys()].filter((name) => names.has(name));
}
