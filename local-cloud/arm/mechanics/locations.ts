// Azure's public regions. Names are compared as Azure does: "West Europe" and "westeurope" are the same.

const DISPLAY_NAMES = [
  "East US",
  "East US 2",
  "South Central US",
  "West US 2",
  "West US 3",
  "Australia East",
  "Southeast Asia",
  "North Europe",
  "Sweden Central",
  "UK South",
  "West Europe",
  "Central US",
  "South Africa North",
  "Central India",
  "East Asia",
  "Indonesia Central",
  "Japan East",
  "Japan West",
  "Korea Central",
  "Malaysia West",
  "New Zealand North",
  "Canada Central",
  "Austria East",
  "France Central",
  "Germany West Central",
  "Italy North",
  "Norway East",
  "Poland Central",
  "Spain Central",
  "Switzerland North",
  "Mexico Central",
  "UAE North",
  "Brazil South",
  "Chile Central",
  "Israel Central",
  "Qatar Central",
  "West US",
  "North Central US",
  "Australia Central",
  "Australia Central 2",
  "Australia Southeast",
  "Korea South",
  "South India",
  "West India",
  "Canada East",
  "France South",
  "Germany North",
  "Norway West",
  "Switzerland West",
  "Sweden South",
  "UK West",
  "UAE Central",
  "Brazil Southeast",
  "South Africa West",
  "West Central US",
] as const;

/** `West Europe` -> `westeurope`. */
export function normalizeLocation(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}

/** Region names, normalised, each with the name people read. */
export const REGIONS: ReadonlyMap<string, string> = new Map(
  DISPLAY_NAMES.map((displayName) => [normalizeLocation(displayName), displayName]),
);

/** `westeurope` -> `West Europe`, as some services write it in their answers. */
export function displayLocation(location: string): string {
  return REGIONS.get(location) ?? location;
}
