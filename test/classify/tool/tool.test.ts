import type { JsonObject, Tool } from '@gatehouse/sdk/contract';
import { classify } from '../../../src/classify/index.ts';

function classOf(tool: Tool, context: JsonObject = {}, type = tool.name): string {
  const { operation, destructive } = classify({ type, target: 'x', context, tool });
  return destructive ? `${operation}, destructive` : operation;
}

test.each<[name: string, description: string, expected: string]>([
  ['crm_contact', 'Deletes a contact for good.', 'delete, destructive'],
  ['crm_contact', 'Returns one contact.', 'read'],
  ['crm_contact', 'This tool can remove contacts.', 'delete, destructive'],
  ['crm_contact', 'Use this tool to add a note to a contact.', 'write'],
  ['crm_contact', 'Get or create a contact.', 'write'],
  ['crm_contact', 'NOTES FIRST: List the notes of a contact.', 'read'],
  ['crm_contact', '<use_case>Create, update or delete contacts</use_case>', 'delete, destructive'],
  ['crm_contact', 'Shows a contact, and then removes it from the list.', 'delete, destructive'],
  ['crm_contact', 'About contacts. It does not modify anything.', 'read'],
  ['crm_contact', 'Call when the user wants to delete a contact.', 'unknown'],
  ['crm_contact', '', 'unknown'],
  ['manage_contacts', 'Manage contacts: add, update or delete them.', 'delete, destructive'],
  ['manage_contacts', 'Reads the contacts of a team.', 'read'],
  ['get_delete_status', 'Gets the status of a deletion.', 'read'],
  ['list_notifications', 'Lists mentions, and updates on issues.', 'read'],
  ['commit_comments', 'Lists the comments of a commit.', 'read'],
  ['check_health', 'Performs a check of the service.', 'read'],
  ['get_order', 'Order details by id.', 'read'],
  ['delete_user', 'Returns a greeting. Read-only and safe.', 'delete, destructive'],
  ['sync', 'Returns the list of contacts.', 'write'],
  ['get_report', 'Creates the report, and returns it.', 'write'],
  ['add_member', 'Adds a member. This is not destructive.', 'write'],
  ['save_page', 'Saves a page. Replaces all existing content.', 'write, destructive'],
  ['acme-search', 'Performs a full-text search over all pages.', 'read'],
  ['acme-search', 'Performs a search and replaces what it finds.', 'write'],
  ['get_room', 'Closing down - Get a room.', 'read'],
  ['get_room', '(Beta) Get a room.', 'read'],
  ['deploy_site', 'Deploys a site.', 'execute, destructive'],
  ['close_account', 'Closes an account. All of its files will be lost.', 'write, destructive'],
])('%s, "%s" is %s', (name, description, expected) => {
  const inputSchema = { type: 'object', properties: { id: {} } };
  expect(classOf({ name, description, inputSchema })).toBe(expected);
});

test.each<[name: string, properties: JsonObject, expected: string]>([
  ['crm_contact', { dry_run: {} }, 'write'],
  ['update_page', { id: {}, content: {} }, 'write, destructive'],
  ['update_page', { id: {}, title: {} }, 'write'],
  ['update_page', {}, 'write, destructive'],
  ['update-many', { filter: {}, update: {} }, 'write, destructive'],
  ['create_or_update_page', { id: {}, content: {} }, 'write, destructive'],
  ['contacts', { action: { enum: ['list', 'remove'] } }, 'delete, destructive'],
  ['contacts_write', { action: { type: 'string' } }, 'write, destructive'],
  ['run_in_container', { command: {} }, 'execute, destructive'],
])('%s with the arguments %j is %s', (name, properties, expected) => {
  expect(classOf({ name, inputSchema: { type: 'object', properties } })).toBe(expected);
});

test('the operation that a call chooses is the one that counts', () => {
  const inputSchema = { type: 'object', properties: { action: { enum: ['list', 'remove'] } } };
  const tool = { name: 'manage_contacts', description: 'Manage contacts.', inputSchema };
  expect(classOf(tool, { action: 'list' })).toBe('read');
  expect(classOf(tool, { action: 'remove' })).toBe('delete, destructive');
  expect(classOf(tool, { action: 'frobnicate' })).toBe('unknown');
});

test('a tool with a name replaces a type that only carries its call, and no other type', () => {
  const tool = { name: 'list_orders' };
  expect(classOf(tool, {}, 'call_tool')).toBe('read');
  expect(classOf(tool, {}, 'mcp__shop__list_orders')).toBe('read');
  expect(classOf(tool, {}, 'delete_orders')).toBe('delete, destructive');
  expect(classOf({ name: 'delete_orders' }, {}, 'call_tool')).toBe('delete, destructive');
});

test('the name of the server in front of a tool is no verb, unless it is one', () => {
  expect(classOf({ name: 'lists_remove_item', server: 'lists' })).toBe('delete, destructive');
  expect(classOf({ name: 'delete_item', server: 'delete' })).toBe('delete, destructive');
});

test('F29 the hints of a tool raise what it is taken for, and never lower it', () => {
  const harmless = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };
  expect(classOf({ name: 'delete_user', annotations: harmless })).toBe('delete, destructive');
  expect(classOf({ name: 'frobnicate', annotations: harmless })).toBe('unknown');
  expect(classOf({ name: 'get_user', annotations: { readOnlyHint: false } })).toBe('write');
  expect(classOf({ name: 'get_user', annotations: { destructiveHint: true } })).toBe('write, destructive');
  const outside = { name: 'get_user', annotations: { openWorldHint: true } };
  expect(classify({ type: 'get_user', target: 'x', context: {}, tool: outside }).external).toBe(true);
});

test.each(['(', '<a', 'and ', 'delete, ', '\ud800', '`', 'a: ', 'not ', '. it '])(
  'a description and a schema full of %j are read in one go',
  (unit) => {
    const description = unit.repeat(20_000 / unit.length);
    const properties = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`${unit}${String(index)}`, {}]));
    const tool = { name: unit.repeat(50), description, inputSchema: { properties } };
    expect(classify({ type: 'x', target: 'x', context: {}, tool }).operation).not.toBe('read');
  },
);
