export type Block = Record<string, unknown>;

/** Limits of messages and forms by Slack's reference of Block Kit. */
const MOST_BLOCKS = { message: 50, view: 100 } as const;
const LONGEST = { text: 3000, title: 24, metadata: 3000, button: 75, value: 2000, url: 3000 } as const;

/** Slack's code for a message that breaks a limit; null for one that it takes. */
export function problemsOfMessage(args: Record<string, unknown>): string | null {
  const { text, channel, blocks } = args;
  if (typeof channel !== 'string' || channel === '') return 'channel_not_found';
  if (typeof text !== 'string' || text === '') return 'no_text';
  return problemsOfBlocks(blocks, MOST_BLOCKS.message);
}

/** The same for a form. */
export function problemsOfView(view: unknown): string | null {
  const { type, title, private_metadata: metadata, blocks } = view as Record<string, unknown>;
  if (type !== 'modal' || lengthOf(title) > LONGEST.title) return 'invalid_arguments';
  if (typeof metadata !== 'string' || metadata.length > LONGEST.metadata) return 'invalid_arguments';
  return problemsOfBlocks(blocks, MOST_BLOCKS.view);
}

function problemsOfBlocks(blocks: unknown, most: number): string | null {
  if (!Array.isArray(blocks) || blocks.length === 0 || blocks.length > most) return 'invalid_blocks';
  return blocks.every((block) => fits(block as Block)) ? null : 'invalid_blocks';
}

function fits(block: Block): boolean {
  switch (block['type']) {
    case 'section':
      return isText(block['text'], LONGEST.text) && (block['accessory'] === undefined || isButton(block['accessory']));
    case 'actions':
      return Array.isArray(block['elements']) && block['elements'].length <= 25 && block['elements'].every(isButton);
    case 'input':
      return isText(block['label'], 2000) && typeof block['element'] === 'object';
    default:
      return false;
  }
}

function isButton(element: unknown): boolean {
  const { type, text, value = '', url = '' } = element as Record<string, unknown>;
  return type === 'button' && isText(text, LONGEST.button) && within(value, LONGEST.value) && within(url, LONGEST.url);
}

function isText(text: unknown, longest: number): boolean {
  const { type } = text as Block;
  const length = lengthOf(text);
  return (type === 'plain_text' || type === 'mrkdwn') && length > 0 && length <= longest;
}

function lengthOf(text: unknown): number {
  const words = (text as Block | undefined)?.['text'];
  return typeof words === 'string' ? words.length : Number.POSITIVE_INFINITY;
}

function within(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length <= longest;
}
