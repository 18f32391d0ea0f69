import type { Command } from 'commander';
import { importAnswerSchema, type ImportAnswer } from '../../inventory/wire.ts';
import { SourceError } from '../../inventory/source-error.ts';
import { CliError } from '../cli-error.ts';
import { connectionFor } from '../connection.ts';
import { escapeText } from '../../foreign/escape.ts';
import { EXIT } from '../exit-codes.ts';
import { GateHttp } from '../http.ts';
import { columns } from '../layout.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { colorsFor, say, warn } from '../terminal.ts';
import type { SourceOptions } from './choose-source.ts';
import { readChosenSource } from './choose-source.ts';
import { readAll } from './gate-inventory.ts';
import type { ReadSource } from './read-source.ts';
import { quoted } from './words.ts';
import { checkProposalFiles, writeProposal } from './write-proposal.ts';

interface ImportOptions extends CommonOptions, SourceOptions {
  as?: string;
  propose?: string;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** `gatehouse inventory import`: reads a source here and hands the gate what it offers. Runs none of it. */
export function addImportCommand(inventory: Command, terminal: Terminal): void {
  withConnection(inventory.command('import').description('read what a source offers, and put it into the inventory'))
    .argument('[args...]', 'after --: further words of the --mcp-stdio command')
    .option('--mcp-stdio <command>', 'a command that serves MCP on standard input and output')
    .option('--mcp-http <url>', 'an MCP server over streamable HTTP, or SSE')
    .option('--openapi <place>', 'an OpenAPI 3 document, JSON or YAML: a file or an address')
    .option('--tools <file>', 'a list of tools as OpenAI, Anthropic, LangChain, the AI SDK or MCP write it')
    .option('--as <server>', 'the name that agents use for it (else what it calls itself)')
    .option('--header <name=value>', 'sent to the source; Name=env:VARIABLE takes it from the environment', collect)
    .option('--env <variable>', 'a variable of this environment that the --mcp-stdio server gets', collect)
    .option('--timeout <seconds>', 'for reading the source, 60 if not given')
    .option('--propose <folder>', 'write a policy and its tests for what was read, to be edited')
    .action((args: string[], options: ImportOptions) =>
      runCommand(terminal, options, async () => {
        const gate = new GateHttp(connectionFor(terminal, 'admin', options.url));
        const source = await readChosenSource(terminal, options, args).catch(toCliError);
        const server = options.as ?? slug(source.title);
        const files = options.propose === undefined ? undefined : checkProposalFiles(terminal, options.propose, server);
        const { text, value } = await gate.post('/inventory/imports', importAnswerSchema, {
          server,
          source: {
            kind: source.kind,
            location: source.location,
            ...(source.version === undefined ? {} : { version: source.version.slice(0, 200) }),
          },
          capabilities: source.tools,
        });
        for (const warning of source.warnings) warn(terminal, escapeText(warning));
        if (options.json === true) say(terminal, text);
        else tellImport(terminal, source, value);
        if (files !== undefined) {
          await writeProposal(files, server, source.tools, await readAll(gate, server));
          if (options.json !== true)
            say(terminal, `Proposed ${files.policy} and ${files.tests}: edit them before use.`);
        }
        return EXIT.done;
      }),
    );
}

function tellImport(terminal: Terminal, source: ReadSource, answer: ImportAnswer): void {
  const { bold, dim } = colorsFor(terminal);
  const { server } = answer;
  const version = source.version === undefined ? '' : ` ${source.version}`;
  const from = escapeText(`${source.title}${version} (${source.kind}, ${source.location})`);
  say(terminal, `${bold(escapeText(server))}  ${source.tools.length} capabilities of ${from}`);
  const rows = [
    ['new', answer.new],
    ['changed', answer.changed],
    ['gone', answer.gone],
  ] as const;
  const shown = rows.map(([what, ids]) => [what, String(ids.length), dim(escapeText(ids.slice(0, 3).join(', ')))]);
  for (const line of columns([...shown, ['unchanged', String(answer.unchanged), '']], '  ')) say(terminal, line);
  const open = answer.new.length + answer.changed.length + answer.gone.length;
  if (open > 0) say(terminal, `Look: gatehouse inventory diff ${quoted(server)}`);
}

/** A name in lower case with dashes, for a source that has no other. */
function slug(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words.slice(0, 100) || 'source';
}

function toCliError(error: unknown): never {
  if (error instanceof SourceError) throw new CliError('source', error.message, EXIT.other, null, [], { cause: error });
  throw error;
}
