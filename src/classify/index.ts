export type { Quantity } from './amount.ts';
export { classify, findings } from './classify.ts';
export type { ClassifiedAction } from './classify.ts';
export { examine } from './examine.ts';
export type { Examination } from './examine.ts';
export type { Finding } from './finding.ts';
export { nameForms, toSnake } from './tokens.ts';
export type { NameForms } from './tokens.ts';
