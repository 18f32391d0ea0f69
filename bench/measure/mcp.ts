import type { ClassifiedAction } from '../../src/classify/index.ts';
import { classify, readyFor } from '../../src/classify/index.ts';
import type { Figure, Judged } from './figure.ts';
import { figureOf } from './figure.ts';
import { readRows } from './rows.ts';

interface ToolRow {
  id: string;
  server: string;
  tool: string;
  description: string;
  inputSchemaKeys: string[];
  labelReadOnly: boolean | null;
  labelDestructive: boolean | null;
}
type JudgedTool = Judged & { server: string };

const FIELDS: (keyof ToolRow)[] = [
  'id',
  'server',
  'tool',
  'description',
  'inputSchemaKeys',
  'labelReadOnly',
  'labelDestructive',
];
const CHANGES = { caught: 0.99, falseAlarms: 0.08 };
const DESTROYS = { caught: 0.8, falseAlarms: 0.05 };
const NO_TARGET = { caught: null, falseAlarms: null };

/** Tools of MCP servers from name, description and argument names alone: which change something, which destroy. */
export async function measureMcp(dir: string): Promise<Figure[]> {
  const changes: JudgedTool[] = [];
  const destroys: JudgedTool[] = [];
  for (const row of readRows<ToolRow>(dir, 'mcp-tools.jsonl', FIELDS)) {
    const action = actionOf(row);
    await readyFor(action);
    const { operation, destructive } = classify(action);
    const says = `${operation}${destructive ? ', destructive' : ''}`;
    const text = `${row.server} ${row.tool} is ${says}: ${row.description.slice(0, 200)} (${row.inputSchemaKeys.join(', ')})`;
    const judged = { id: row.id, server: row.server, text };
    if (row.labelReadOnly !== null) {
      changes.push({ ...judged, should: !row.labelReadOnly, does: operation !== 'read' });
    }
    if (row.labelDestructive !== null) {
      destroys.push({ ...judged, should: row.labelDestructive, does: destructive });
    }
  }
  return [
    figureOf('MCP tools that change something', changes, CHANGES),
    figureOf('MCP tools that destroy', destroys, DESTROYS),
    ...byServer('change something', changes),
    ...byServer('destroy', destroys),
  ];
}

function actionOf(row: ToolRow): ClassifiedAction {
  const properties = Object.fromEntries(row.inputSchemaKeys.map((key) => [key, {}]));
  const inputSchema = { type: 'object', properties };
  const tool = { name: row.tool, description: row.description, inputSchema, server: row.server };
  return { type: row.tool, target: row.server, context: {}, tool };
}

/** The figure of each server, and the mean over servers in which a small one counts as much as a large one. */
function byServer(what: string, rows: readonly JudgedTool[]): Figure[] {
  const servers = [...new Set(rows.map((row) => row.server))];
  const figures = servers.map((server) => {
    const own = rows.filter((row) => row.server === server);
    return { ...figureOf(`  ${what}: ${server}`, own, NO_TARGET), misses: [] };
  });
  return [meanOf(`  ${what}: mean over servers, of 1000`, figures), ...figures];
}

function meanOf(what: string, figures: readonly Figure[]): Figure {
  const mean = (pick: (figure: Figure) => { n: number; of: number } | null) => {
    const shares = figures.flatMap((figure) => pick(figure) ?? []).map(({ n, of }) => n / of);
    return { n: Math.round((shares.reduce((sum, share) => sum + share, 0) / shares.length) * 1000), of: 1000 };
  };
  const [caught, falseAlarms] = [mean((figure) => figure.caught), mean((figure) => figure.falseAlarms)];
  return { what, caught, falseAlarms, target: NO_TARGET, misses: [] };
}
