/** The workflows of the bundle, by name. */
export { guardedAction } from './guarded-action.ts';
export { deliverNotice } from './deliver-notice.ts';
export { carryOutStop } from './carry-out-stop.ts';
