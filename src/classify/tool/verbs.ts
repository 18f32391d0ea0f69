import type { Operation } from '@gatehouse/sdk/contract';
import { foreignVerb } from './languages.ts';

const words = (list: string): string[] => list.split(/\s+/).filter(Boolean);

/** Verbs that change something, each under the strictest that it can mean. */
const CHANGING: Record<'write' | 'execute' | 'administer' | 'delete', string> = {
  write: `create add insert update upsert modify edit change set put patch write save store send post publish broadcast
    notify upload move mv cp rename copy merge push sync synchronize synchronise import export dump process pay charge refund
    transfer payout withdraw deposit buy sell purchase cancel close open reopen assign unassign attach detach archive
    unarchive restore replace overwrite append prepend register submit schedule reschedule book reserve exchange return scale
    resize generate make mkdir touch mint invite forward reply respond share mark tag untag label relabel subscribe
    unsubscribe bulk batch convert link reset rebase clone pull checkout commit fork stash squash tweet retweet email dm
    announce comment annotate react vote upvote downvote star unstar pin unpin follow unfollow join leave kick mute unmute
    block unblock snooze acknowledge ack resolve unresolve dismiss complete finalize finalise finish confirm accept decline
    claim release abort reorder reprioritize prioritize increment decrement incr decr enqueue produce ingest emit swap split
    toggle adjust redeem void capture settle order request require transition advance associate disassociate bind unbind
    mount unmount populate load persist refresh renew extend rewrite refactor fix repair compose prepare amend take keep
    reassign delegate enroll unenroll ask remember forget sign stage unstage cherry`,
  execute: `execute exec run eval evaluate invoke call trigger deploy launch start stop restart reboot shutdown spawn apply
    install dispatch perform rerun retry resume migrate connect pause unpause rebuild play replay cordon uncordon drain
    poweroff poweron hibernate undo redo upgrade downgrade failover redeploy reindex bootstrap onboard actuate click press
    navigate test`,
  administer: `grant revoke approve authorize authorise impersonate elevate escalate promote demote alter rotate disable
    enable suspend unsuspend ban unban lock unlock reject deny assume chmod chown chgrp sudo configure protect unprotect
    activate deactivate provision unapprove quarantine whitelist blacklist allowlist denylist`,
  delete: `delete del remove rm rmdir rmi drop truncate destroy erase purge wipe terminate kill unlink uninstall clear flush
    shred decommission deprovision evict expunge obliterate nuke format revert rollback prune discard vacuum trash undeploy
    unpublish unregister deregister dequeue delist scrub discontinue unshare`,
};

/** Verbs that only look. */
const READING = `get list read fetch find search show view describe count lookup look retrieve inspect preview peek head ls
  cat stat exists select browse calculate compute compare diff estimate validate verify check summarize summarise scan query
  explain analyze analyse diagnose troubleshoot monitor tail top wait poll ping display print examine explore discover
  enumerate filter grep glob identify detect determine recommend suggest lint parse extract profile whoami help is has can
  measure aggregate predict rank render visualize visualise decode hello echo plan simulate crawl scrape translate transcribe
  geocode research`;

/** Reading verbs that are never nouns: they count wherever they stand in a name. */
const PLAINLY_READING = 'get fetch retrieve describe lookup inspect enumerate whoami';

/** Changing verbs that are as often nouns: after a verb that reads (`get_charge`) they are the thing that is read. */
const NOUNS = `charge refund return exchange post call run share tag schedule import export batch format book store deposit
  purchase change open process link lock mark copy set start stop dump payout patch archive bulk comment label email order
  request release commit fork star pin vote block stage merge push pull deploy trigger play update upgrade transfer mount fix
  claim clone split swap sign transition scale test load reply invite stash save restore move resume trash cherry approve
  react require produce upload`;

/** What may follow a noun that could be a verb, and then shows that it is one: `commit_comments`, `release_latest`. */
const PROPERTIES = `status statuses state comments signature refs details detail info information history latest list log logs
  stats statistics summary url urls count id ids name names type types notes diff diffs size metadata requests content
  contents results result report fields schema options templates files events members versions tree parents`;

/** Two words that are one thing, whatever the first means as a verb. */
const THINGS = `merge_request merge_requests pull_request pull_requests deploy_key deploy_keys deploy_token deploy_tokens
  push_rule push_rules change_log changeset_list commit_status start_time stop_time start_date order_by batch_size run_id
  call_log test_run test_runs test_case test_cases test_suite test_plan format_string open_api open_issues call_center
  order_status order_details order_items set_top release_notes pull_through merge_train merge_trains`;

/** Words that may mean anything: what they do is unknown unless the description, or the chosen action, says that it reads. */
const VAGUE = 'manage handle use do control operate admin lifecycle interact';

/** Of the changing verbs: those that lose or overwrite what cannot easily be had back. */
const DESTROYING = `delete del remove rm rmdir rmi drop truncate destroy erase purge wipe terminate unlink clear flush shred
  decommission deprovision expunge obliterate nuke format rollback prune discard trash kill evict unpublish unregister
  deregister reset overwrite revoke undeploy scrub uninstall discontinue unprotect`;

/** Of the changing verbs: those whose effect outlasts any undoing: what was sent has been read, what was paid is gone. */
const FINAL = `send post publish broadcast notify email tweet retweet dm forward pay charge refund transfer payout withdraw
  buy sell purchase cancel rotate merge exchange return abort submit finalize finalise void settle capture share announce
  invite reject complete`;

/** Of the changing verbs: those that hand something to somebody outside. */
const SENDING = 'send broadcast publish notify email tweet retweet dm forward share invite announce upload';

const PLAIN_READ_VERBS: ReadonlySet<string> = new Set(words(PLAINLY_READING));
export const NOUN_VERBS: ReadonlySet<string> = new Set(words(NOUNS));
export const PROPERTY_NOUNS: ReadonlySet<string> = new Set(words(PROPERTIES));
export const COMPOUND_NOUNS: ReadonlySet<string> = new Set(words(THINGS));
export const VAGUE_WORDS: ReadonlySet<string> = new Set(words(VAGUE));
export const FINAL_VERBS: ReadonlySet<string> = new Set(words(FINAL));
export const SENDING_VERBS: ReadonlySet<string> = new Set(words(SENDING));

const READ_VERBS: ReadonlySet<string> = new Set(words(READING));
const DESTROYING_VERBS: ReadonlySet<string> = new Set(words(DESTROYING));
const CHANGING_VERBS: ReadonlyMap<string, Operation> = new Map(
  Object.entries(CHANGING).flatMap(([operation, list]) =>
    words(list).map((word): [string, Operation] => [word, operation as Operation]),
  ),
);

const INFINITIVE = /(r|re|en|[^\x20-\x7e])$/;

/** Destructive stems that are looked for inside words as well (`bulkdelete`). Participles (`deleted`) name a state. */
const DESTRUCTIVE_STEM = /(delete|truncate|destroy|terminate|purge|erase|wipe)(?!d)/;

/** The operation that a word stands for when it changes something; `deletes` and `bulkdelete` count as `delete`. */
export function changing(word: string): Operation | undefined {
  const known = CHANGING_VERBS.get(word);
  if (known !== undefined) return known;
  if (DESTRUCTIVE_STEM.test(word)) return 'delete';
  const singular = word.endsWith('s') ? CHANGING_VERBS.get(word.slice(0, -1)) : undefined;
  if (singular === 'delete') return singular;
  const foreign = foreignVerb(word);
  return foreign === 'read' ? undefined : foreign;
}

/** True for a changing verb that loses or overwrites something; one of another language does so when it deletes. */
export function destroys(word: string): boolean {
  return DESTROYING_VERBS.has(word) || (changing(word) === 'delete' && !CHANGING_VERBS.has(word));
}

/** True for a verb that only looks and is never a noun: `get`, and the infinitives of other languages. */
export function isPlainlyReading(word: string): boolean {
  return PLAIN_READ_VERBS.has(word) || (foreignVerb(word) === 'read' && !READ_VERBS.has(word) && INFINITIVE.test(word));
}

/** True for a verb that only looks. */
export function isReading(word: string): boolean {
  return READ_VERBS.has(word) || (!CHANGING_VERBS.has(word) && foreignVerb(word) === 'read');
}
