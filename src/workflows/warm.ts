import './index.ts';

/**
 * Loaded once for the sandbox of a worker, before any action runs there, and shared and frozen for all of them: nothing in
 * these modules may hold state that changes.
 *
 * Temporal notes a stack for each promise of a workflow, and formats it at once. That is a third of what a workflow task costs
 * a worker, most of it in the deep frames of the sandbox itself. So many frames still tell where an action waits and where an error came from.
 */
Error.stackTraceLimit = 4;
