import { z } from 'zod';

/** Who is told of what waits for people. */
export const noticesVariables = { GATEHOUSE_NOTICES: z.string().optional() };

export const NOTICES_FIXES = {
  GATEHOUSE_NOTICES: 'Give the path of the YAML file of channels and routes, or unset it to tell nobody',
};
