/** The workflows of the bundle, by name. */
export { guardedAction } from './guarded-action.ts';
