import { z } from 'zod';

const name = z
  .string()
  .max(50)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, { error: 'must be lower-case letters, digits, dots, dashes and underscores' });

const list = z.array(z.union([z.string(), z.number()]));
/** What a parameter may be set to. */
export const parameterValueSchema = z.union([z.number(), z.string(), list], {
  error: 'must be a number, a text or a list of them',
});
export type ParameterValue = z.output<typeof parameterValueSchema>;

const TYPE = { description: 'What its values are' };
const DEFAULT = { description: 'Its value where whoever uses the pack gives none' };
const described = { description: z.string().min(1).max(500).meta({ description: 'What it is for' }) };

/** One parameter of a pack. Without a default, whoever uses the pack must give it a value. */
export const parameterSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('number').meta(TYPE), default: z.number().optional().meta(DEFAULT), ...described }),
  z.strictObject({ type: z.literal('string').meta(TYPE), default: z.string().optional().meta(DEFAULT), ...described }),
  z.strictObject({ type: z.literal('list').meta(TYPE), default: list.optional().meta(DEFAULT), ...described }),
]);
export type Parameter = z.output<typeof parameterSchema>;

/** The parameters of a pack by name, in the spelling that conditions use: `params.maxRows`. */
export const parametersSchema = z.record(
  z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,49}$/, { error: 'must be a name of letters and digits, such as maxRows' }),
  parameterSchema,
);

/** One use of a pack. */
export const useSchema = z.strictObject({
  pack: name.meta({ description: 'The name of the pack: its file without .yaml' }),
  as: name
    .optional()
    .meta({ description: 'What its rules are called by instead of its name, so that it can be used twice' }),
  with: z.record(z.string(), parameterValueSchema).optional().meta({ description: 'Values of its parameters' }),
  mode: z
    .enum(['enforce', 'shadow'])
    .optional()
    .meta({ description: 'The mode of its rules that say nothing themselves' }),
});
export type UseSource = z.output<typeof useSchema>;
