// What a stack may have left in a subscription: resources that carry its tags, and deleted vaults that hold their names.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const Tags = z.record(z.string(), z.string()).nullish();

const Resource = z.object({ id: z.string(), type: z.string(), tags: Tags });
export type TaggedResource = z.output<typeof Resource>;

/** Resources that carry a tag, nested ones left out, of those that whoever asks may see. @throws ReadError */
export function resourcesTagged(
  arm: ArmClient,
  subscriptionId: string,
  tag: { readonly name: string; readonly value: string },
  signal: AbortSignal,
): Promise<TaggedResource[]> {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const filter = `tagName eq ${quoted(tag.name)} and tagValue eq ${quoted(tag.value)}`;
  const query = `api-version=2021-04-01&$filter=${encodeURIComponent(filter)}`;
  const path = `/subscriptions/${subscriptionId}/resources?${query}`;
  return pagesOf(arm, path, Resource, signal);
}

const DeletedVault = z.object({
  name: z.string(),
  properties: z.object({
    vaultId: z.string(),
    location: z.string(),
    tags: Tags,
    scheduledPurgeDate: z.string().nullish(),
    purgeProtectionEnabled: z.boolean().nullish(),
  }),
});
export type DeletedVault = z.output<typeof DeletedVault>;

/** Vaults that were deleted and can be recovered. @throws ReadError */
export function deletedVaults(
  arm: ArmClient,
  subscriptionId: string,
  signal: AbortSignal,
): Promise<DeletedVault[]> {
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/deletedVaults?api-version=2023-07-01`;
  return pagesOf(arm, path, DeletedVault, signal);
}

const Page = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });

async function pagesOf<Schema extends z.ZodType>(
  arm: ArmClient,
  path: string,
  entry: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema>[]> {
  const found: z.output<Schema>[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const answer = (await arm.get(next, signal)) ?? { value: [] };
    const page: z.output<typeof Page> = parseAnswer(Page, answer);
    found.push(...page.value.map((one) => parseAnswer(entry, one)));
    // The link is to the same service: only its path is followed.
    const link: string = page.nextLink ?? "";
    next = URL.canParse(link) ? new URL(link).pathname + new URL(link).search : undefined;
  }
  return found;
}
