// An app of the catalogue of Teams apps: what the store keeps of it, and what Graph shows (resources teamsApp and teamsAppDefinition).
import type { Collection } from "./collection.js";
import type { JsonObject } from "./json-body.js";
import type { UploadedApp } from "./teams-app-upload.js";

/** An app of a tenant's catalogue, as the store keeps it. */
export interface TeamsAppRecord {
  /** The catalogue's own id. */
  readonly id: string;
  readonly externalId: string;
  readonly displayName: string;
  readonly definitions: readonly TeamsAppDefinitionRecord[];
}

/** One version of it. */
export interface TeamsAppDefinitionRecord extends UploadedApp {
  readonly id: string;
  readonly publishingState: "published" | "submitted";
}

const KNOWN = ["id", "externalId", "displayName", "distributionMethod"];

/** What `$filter` and `$expand` may ask of apps. */
export const teamsApps: Collection = {
  context: "appCatalogs/teamsApps",
  resource: "TeamsApp",
  type: "microsoft.graph.teamsApp",
  known: new Set(KNOWN),
  sortable: [],
  expandable: ["appDefinitions"],
  properties: { id: "text", externalId: "text", displayName: "text", distributionMethod: "text" },
  others: new Set(),
};

/** The app, with its versions where `$expand=appDefinitions` asks for them. */
export function teamsAppView(record: TeamsAppRecord, expand: boolean): JsonObject {
  const { id, externalId, displayName, definitions } = record;
  const shown = definitions.map((one) => definitionView(record, one));
  const distributionMethod = "organization";
  return {
    id,
    externalId,
    displayName,
    distributionMethod,
    ...(expand ? { appDefinitions: shown } : {}),
  };
}

/** One version of an app. */
export function definitionView(app: TeamsAppRecord, record: TeamsAppDefinitionRecord): JsonObject {
  const resourceSpecificPermissions = record.resourceSpecificPermissions.map(({ name, type }) => ({
    permissionValue: name,
    permissionType: type.toLowerCase(),
  }));
  return {
    id: record.id,
    teamsAppId: app.id,
    azureADAppId: record.azureADAppId,
    displayName: record.displayName,
    version: record.version,
    publishingState: record.publishingState,
    shortDescription: record.shortDescription,
    description: record.description,
    lastModifiedDateTime: null,
    createdBy: null,
    authorization: { requiredPermissionSet: { resourceSpecificPermissions } },
  };
}
