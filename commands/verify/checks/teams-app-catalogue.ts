// Whether the organisation's catalogue has the version of the Teams app that the stack packs.
import { type CatalogApp, CatalogRefusal, findCatalogApp } from "../../../graph/app-catalog.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeCatalogue(
  wanted: { readonly id: string; readonly version: string },
  found: CatalogApp | undefined,
): Outcome {
  if (found === undefined) {
    return warn(
      `The organisation's catalogue has no app ${wanted.id}.`,
      "Publish it with teams-calling-bot app publish, or ignore this if people install it by themselves or from the store. A bot rings only for people who have installed its app; calls between others reach it through a recording policy alone.",
      { wanted },
    );
  }
  const published = found.appDefinitions.filter((one) => one.publishingState === "published");
  const versions = published.map(({ version }) => version ?? "?");
  const evidence = { wanted, versions };
  if (versions.includes(wanted.version)) {
    return pass(`The catalogue has version ${wanted.version}.`, evidence);
  }
  return warn(
    `The catalogue has version ${versions.join(", ") || "(none published)"}, and the stack packs ${wanted.version}.`,
    "Publish the new package with teams-calling-bot app publish, or let an administrator approve it; people keep the old manifest until then.",
    evidence,
  );
}

export const teamsAppCatalogue: Check<VerifyContext> = {
  id: "teams-app-catalogue",
  title: "the organisation's catalogue has the packed version of the Teams app",
  explains: ["the incoming call never reaches the bot"],
  run: async ({ app: { opened }, services }, signal) => {
    if (opened === undefined) return skip("There is no Teams app to look for.", "See teams-app.");
    const { id, version } = opened.manifest.value;
    try {
      const client = await services.graph(signal);
      const wanted = { id: String(id), version: String(version) };
      return judgeCatalogue(wanted, await findCatalogApp(client, wanted.id));
    } catch (error) {
      if (!(error instanceof CatalogRefusal) || error.status !== 403) throw error;
      return skip(
        "Whoever is signed in may not read the catalogue.",
        "Give it AppCatalog.Read.All, or look in the Teams admin center under Manage apps.",
      );
    }
  },
};
