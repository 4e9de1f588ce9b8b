// The organisation's catalogue of Teams apps (Microsoft Graph, "List teamsApp", "Publish teamsApp", "Update teamsApp").
import { type Client, GraphError } from "@microsoft/microsoft-graph-client";
import { z } from "zod";

const Definition = z.object({
  id: z.string(),
  version: z.string().nullish(),
  publishingState: z.string().nullish(),
});

const App = z.object({
  id: z.string(),
  externalId: z.string().nullish(),
  displayName: z.string().nullish(),
  appDefinitions: z.array(Definition).default([]),
});

/** One app of the catalogue with its versions. `externalId` is the id in the manifest, `id` the catalogue's own. */
export type CatalogApp = z.output<typeof App>;

/** What Graph answers instead of doing what it was asked. */
export class CatalogRefusal extends Error {
  override readonly name = "CatalogRefusal";
  constructor(
    /** HTTP status; 200 as well, for which see {@link createCatalogApp}. */
    readonly status: number,
    /** Graph's error code: `Conflict`, `Forbidden`, `BadRequest`. */
    readonly code: string,
    /** The code inside, more exact where there is one: `AppDefinitionAlreadyExists`. */
    readonly innerCode: string,
    message: string,
    /** One line for each thing that is wrong with the manifest. */
    readonly details: readonly string[],
  ) {
    super(message);
  }
}

/** The app of the organisation whose manifest has that id, or `undefined`. Apps of the store do not count. */
export async function findCatalogApp(
  client: Client,
  externalId: string,
): Promise<CatalogApp | undefined> {
  const filter = `externalId eq '${externalId.replaceAll("'", "''")}' and distributionMethod eq 'organization'`;
  const answer = await refusing(() =>
    client.api("/appCatalogs/teamsApps").filter(filter).expand("appDefinitions").get(),
  );
  return z.object({ value: z.array(App) }).parse(answer).value[0];
}

/**
 * Publishes a new app. `requiresReview` hands it to an administrator first.
 * The reference page shows problems of the manifest as an error inside an answer of status 200; that throws as well.
 */
export async function createCatalogApp(
  client: Client,
  zip: Uint8Array,
  requiresReview: boolean,
): Promise<CatalogApp> {
  return App.parse(await post(client, "/appCatalogs/teamsApps", zip, requiresReview));
}

/** Publishes another version of an app that is in the catalogue. @param appId the catalogue's id, not the manifest's */
export async function addCatalogVersion(
  client: Client,
  appId: string,
  zip: Uint8Array,
  requiresReview: boolean,
): Promise<void> {
  const path = `/appCatalogs/teamsApps/${encodeURIComponent(appId)}/appDefinitions`;
  await post(client, path, zip, requiresReview);
}

async function post(
  client: Client,
  path: string,
  zip: Uint8Array,
  requiresReview: boolean,
): Promise<unknown> {
  const answer: unknown = await refusing(() =>
    client
      .api(path)
      .query(requiresReview ? { requiresReview: "true" } : {})
      .header("Content-Type", "application/zip")
      .post(Buffer.from(zip)),
  );
  const refused = ErrorAnswer.safeParse(answer);
  if (refused.success) throw refusal(200, refused.data.error);
  return answer;
}

const ErrorBody = z.object({
  code: z.string().nullish(),
  message: z.string().nullish(),
  innerError: z
    .object({
      code: z.string().nullish(),
      message: z.string().nullish(),
      details: z
        .array(z.object({ message: z.string().nullish(), target: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
});

const ErrorAnswer = z.object({ error: ErrorBody });

function refusal(status: number, error: z.output<typeof ErrorBody>): CatalogRefusal {
  const inner = error.innerError;
  const details = (inner?.details ?? []).map(({ message, target }) =>
    [target, message].filter(Boolean).join(": "),
  );
  const message = inner?.message || error.message || "It gave no reason.";
  return new CatalogRefusal(status, error.code ?? "", inner?.code ?? "", message, details);
}

async function refusing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof GraphError) || error.statusCode < 100) throw error;
    const body = ErrorBody.safeParse(jsonOf(error.body));
    const { code, message } = error;
    throw refusal(error.statusCode, { code, message, ...(body.success ? body.data : {}) });
  }
}

function jsonOf(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
