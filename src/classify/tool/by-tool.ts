import type { Tool } from '@gatehouse/sdk/contract';
import type { ClassifiedAction } from '../classify.ts';
import { findKinds } from '../by-name.ts';
import type { Finding } from '../finding.ts';
import { nameForms, tokenize, toSnake } from '../tokens.ts';
import { findInAnnotations } from './annotations.ts';
import { findInDescription, findHarmless } from './by-description.ts';
import { findChoice, findInSchema } from './by-schema.ts';
import { findInName } from './by-verbs.ts';
import { isCarrier, takesCode } from './carrier.ts';
import { readDescription } from './description.ts';
import { readName } from './name.ts';
import { overwrites } from './overwrite.ts';
import { readSchema } from './schema.ts';
import { isReading } from './verbs.ts';

const OVERWRITES = 'it puts something new in the place of what was there';
const MAX_ARGUMENTS = 500;

/**
 * What the tool that is called says of itself: its name, description, arguments and hints; where an action names no tool,
 * its type is the name. A type that only carries the call of a tool (`call_tool`) gives way to the tool's own name.
 */
export function findByTool({ type, tool, context }: ClassifiedAction): Finding[] {
  if (tool === undefined) return [...findInName(type, { part: 'type' }), ...findInCall(type, context)];
  const repeats = nameForms(type).snake.endsWith(nameForms(tool.name).snake);
  const own = repeats || isCarrier(tokenize(type)) ? [] : findInName(type, { part: 'type' });
  const kinds = findKinds(tokenize(tool.name), 'tool.name');
  return [...own, ...findInTool(tool, context), ...kinds, ...findInAnnotations(tool.annotations)];
}

/** A call whose tool nobody described shows by its own arguments that it brings a new content. */
function findInCall(type: string, context: ClassifiedAction['context']): Finding[] {
  const argumentNames = Object.keys(context)
    .slice(0, MAX_ARGUMENTS)
    .map((name) => toSnake(name.slice(0, 100)));
  const { words, changes } = readName(type);
  const verbs = changes.map(({ word }) => word);
  const replaces = argumentNames.length > 0 && overwrites({ verbs, words, argumentNames, isPartial: false });
  return replaces ? [{ destructive: true, part: 'type', says: OVERWRITES }] : [];
}

function findInTool(tool: Tool, context: ClassifiedAction['context']): Finding[] {
  const description = readDescription(tool.description ?? '');
  const schema = readSchema(tool.inputSchema);
  const agrees = description.verb?.operation === 'read' && description.besides.length === 0;
  const chosen = schema.chooser === undefined ? undefined : context[schema.chooser.name];
  const choosesRead =
    typeof chosen === 'string' &&
    schema.chooser?.values.includes(chosen) === true &&
    tokenize(chosen.slice(0, 100)).every(isReading);
  const { server } = tool;
  const { words, reads, changes } = readName(tool.name, { server, agrees });
  const byName = findInName(tool.name, {
    part: 'tool.name',
    server,
    agrees,
    excusesVague: agrees || choosesRead,
    takesCode: takesCode(schema.names),
  });
  const rest = [
    ...findInDescription(description, { words, reads: reads !== undefined && changes.length === 0 }),
    ...findInSchema(schema, {
      isChosen: typeof chosen === 'string',
      reads: agrees || (reads !== undefined && changes.length === 0),
    }),
  ];
  const spoken = [description.verb, ...description.besides].flatMap((verb) => verb?.base ?? []);
  const verbs = changes.length > 0 ? changes.map(({ word }) => word) : spoken;
  const isPartial = description.warnings.partial;
  if (overwrites({ verbs, words, argumentNames: schema.names, isPartial })) {
    rest.push({ destructive: true, part: 'tool.name', says: OVERWRITES });
  }
  // What a tool says of handing something over is as much a matter of what is handed over as its name.
  const carried = byName.some((finding) => finding.carrier);
  const all = [...byName, ...rest.map((finding) => (carried ? { ...finding, carrier: true as const } : finding))];
  if (all.some((finding) => finding.operation !== undefined)) return all;
  return [...all, ...(choosesRead ? findChoice(chosen) : findHarmless(description))];
}
