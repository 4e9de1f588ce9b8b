// What `npm run stack` was asked to do, as it is handed to the process that does it.

import { z } from "zod";

/** The operations of `npm run stack`. */
export const operations = ["preview", "up", "refresh", "destroy", "outputs", "cancel"] as const;

/** One request. */
export const StackRequest = z.object({
  operation: z.enum(operations),
  stack: z.string(),
  /** Deploy to Azure with the user's own backend and secrets provider, instead of the local cloud. */
  azure: z.boolean(),
  diff: z.boolean(),
  json: z.boolean(),
  /** Do not ask before Azure is changed. */
  yes: z.boolean(),
  /** Look first for what a run that was killed has left, and take it over. */
  recover: z.boolean(),
  /** The state folder of the local cloud, absolute. */
  folder: z.string(),
});
export type StackRequest = z.infer<typeof StackRequest>;
