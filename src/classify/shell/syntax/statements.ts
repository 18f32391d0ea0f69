import type { Node } from '@vscode/tree-sitter-wasm';
import { redirectOf } from './redirects.ts';
import type { Assignment, Command, Group, Redirect, Statement, Word } from './tree.ts';
import { WordBuilder } from './words.ts';

const WORDS = new Set(
  `word string raw_string ansi_c_string translated_string concatenation number simple_expansion expansion
   command_substitution process_substitution arithmetic_expansion command_name brace_expression extglob_pattern regex
   variable_name test_operator`.split(/\s+/),
);
const GROUPS: Record<string, Group['of']> = {
  program: 'list',
  list: 'list',
  do_group: 'list',
  compound_statement: 'list',
  negated_command: 'list',
  subshell: 'subshell',
  if_statement: 'branch',
  elif_clause: 'branch',
  else_clause: 'branch',
  case_statement: 'branch',
  case_item: 'branch',
  while_statement: 'loop',
  for_statement: 'loop',
  c_style_for_statement: 'loop',
};
const ALWAYS =
  /^(while\s+(true|:|\[\[?\s*1\s*\]\]?|\(\(\s*1\s*\)\)|sleep\b[^;]*)\s*[;\n]|until\s+false\s*[;\n]|for\s*\(\([^;]{0,100};\s*;)/;

/** Builds the statements of a script out of the parser's tree. */
export function statementsOf(root: Node, text: string): Statement[] {
  const builder: WordBuilder = new WordBuilder(text, (node) => within(node));
  const plain = { background: false, redirects: [] as Redirect[] };
  const spanOf = (node: Node): { start: number; end: number } => ({ start: node.startIndex, end: node.endIndex });

  /** The statements directly below a node, marked where `&` sends them to the background. */
  function within(node: Node): Statement[] {
    const found: Statement[] = [];
    for (const child of node.children) {
      if (child === null) continue;
      const last = found.at(-1);
      if (child.type === '&' && last !== undefined) last.background = true;
      found.push(...read(child));
    }
    return found;
  }

  function read(node: Node): Statement[] {
    const group = GROUPS[node.type];
    if (group !== undefined) return [groupOf(node, group)];
    switch (node.type) {
      case 'command':
        if (node.firstNamedChild?.firstNamedChild?.type === 'arithmetic_expansion') return within(node.firstNamedChild);
        return [commandOf(node)];
      case 'declaration_command':
      case 'unset_command':
      case 'variable_assignment':
      case 'variable_assignments':
        return [commandOf(node)];
      case 'pipeline':
        return [{ kind: 'pipeline', stages: within(node), ...plain, redirects: [], ...spanOf(node) }];
      case 'redirected_statement':
        return redirected(node);
      case 'function_definition':
        return [
          {
            kind: 'function',
            name: node.childForFieldName('name')?.text ?? '',
            body: within(node).filter((one) => one.kind !== 'command' || one.words.length > 0),
            ...plain,
            redirects: [],
            ...spanOf(node),
          },
        ];
      case 'comment':
      case 'heredoc_redirect':
      case 'file_redirect':
      case 'herestring_redirect':
        return [];
      default:
        // Tests, arithmetic, values: only the commands inside of them matter.
        return inside(node);
    }
  }

  /** Commands in words, tests and arithmetic: a statement with no name and those words. */
  function inside(node: Node): Statement[] {
    if (node.namedChildCount === 0) return [];
    if (!WORDS.has(node.type)) return within(node);
    const word = builder.word(node);
    if (word.pieces.every((piece) => piece.kind === 'text')) return [];
    return [
      command(node, [
        { start: word.start, end: word.start, pieces: [{ kind: 'text', text: ':', quoted: true }] },
        word,
      ]),
    ];
  }

  function groupOf(node: Node, of: Group['of']): Group {
    const name = node.childForFieldName('variable')?.text;
    const values = name === undefined ? [] : node.childrenForFieldName('value').filter((one) => one !== null);
    return {
      kind: 'group',
      of,
      body: node.type === 'list' ? flat(node) : within(node),
      ...(name === undefined ? {} : { binds: { name, values: values.map((value) => builder.word(value)) } }),
      endless: of === 'loop' && ALWAYS.test(text.slice(node.startIndex, node.startIndex + 200)),
      ...plain,
      redirects: [],
      ...spanOf(node),
    };
  }

  /** `a && b && c` comes nested to the left, as deep as it is long. */
  function flat(node: Node): Statement[] {
    const right: Statement[][] = [];
    let left: Node = node;
    while (left.type === 'list') {
      const [first, ...rest] = left.namedChildren.filter((child): child is Node => child !== null);
      right.push(rest.flatMap(read));
      if (first === undefined) break;
      left = first;
    }
    // What follows `&&` or `||` may not run.
    const later = right.reverse().flat();
    const branch: Group = {
      kind: 'group',
      of: 'branch',
      body: later,
      endless: false,
      ...plain,
      redirects: [],
      ...spanOf(node),
    };
    return [...(left.type === 'list' ? [] : read(left)), branch];
  }

  function command(node: Node, words: Word[]): Command {
    return { kind: 'command', assignments: [], words, ...plain, redirects: [], ...spanOf(node) };
  }

  function commandOf(node: Node): Command {
    const made = command(node, []);
    if (/^(declaration|unset)_command$/.test(node.type)) {
      const name = node.children[0];
      if (name) made.words.push(builder.word(name));
    }
    const children = node.type === 'variable_assignment' ? [node] : node.namedChildren;
    for (const child of children) {
      if (child === null) continue;
      if (child.type === 'variable_assignment') made.assignments.push(assignmentOf(child));
      else if (child.type.endsWith('_redirect')) addRedirect(made, child);
      else if (child.type === 'subshell')
        made.words.push({
          pieces: [{ kind: 'output', body: within(child), process: '', quoted: false }],
          start: child.startIndex,
          end: child.endIndex,
        });
      else made.words.push(builder.word(child));
    }
    return made;
  }

  function assignmentOf(node: Node): Assignment {
    const value = node.childForFieldName('value');
    const values = value?.type === 'array' ? value.namedChildren.filter((one): one is Node => one !== null) : [value];
    return {
      name: node.childForFieldName('name')?.text ?? '',
      values: values.filter((one): one is Node => one !== null).map((one) => builder.word(one)),
      appends: node.children.some((child) => child?.type === '+='),
      ...spanOf(node),
    };
  }

  /** Words after the target of a redirect belong to the command, as do further redirects after a here-document. */
  function addRedirect(to: { redirects: Redirect[]; words?: Word[] }, node: Node): void {
    const { redirect, words } = redirectOf(node, builder);
    if (redirect !== undefined) to.redirects.push(redirect);
    to.words?.push(...words);
    if (node.type !== 'heredoc_redirect') return;
    for (const child of node.namedChildren) if (child?.type.endsWith('_redirect')) addRedirect(to, child);
  }

  function redirected(node: Node): Statement[] {
    const body = node.childForFieldName('body');
    const [first] = body === null ? [command(node, [])] : read(body);
    const statement: Statement = first ?? command(node, []);
    const target = statement.kind === 'pipeline' ? (statement.stages.at(-1) ?? statement) : statement;
    const after: Statement[] = [];
    let result: Statement = statement;
    for (const child of node.namedChildren) {
      if (!child?.type.endsWith('_redirect')) continue;
      addRedirect(target, child);
      if (child.type !== 'heredoc_redirect') continue;
      // What stands on the line of `<<END` behind it: the rest of the pipeline, or of the list.
      for (const next of child.namedChildren) {
        if (next?.type === 'pipeline')
          result = { kind: 'pipeline', stages: [statement, ...within(next)], ...plain, redirects: [], ...spanOf(node) };
      }
      after.push(...child.childrenForFieldName('right').flatMap((right) => (right === null ? [] : read(right))));
    }
    return [result, ...after];
  }

  return within(root);
}
