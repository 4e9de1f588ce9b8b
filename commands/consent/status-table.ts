// Consent of several tenants as a table of plain text.
import type { Judgement } from "./judge-tenant.js";

const HEADINGS = ["TENANT", "STATE", "GRANTED", "MISSING", "NO LONGER ASKED FOR", "READ FROM"];

/** One line a tenant below the headings; columns are as wide as their longest entry, and nothing ends in spaces. */
export function statusTable(asked: readonly string[], judgements: readonly Judgement[]): string[] {
  const rows = [HEADINGS, ...judgements.map((judgement) => rowOf(asked, judgement))];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function rowOf(asked: readonly string[], { consent, by }: Judgement): string[] {
  const { tenant, state, missing, surplus } = consent;
  const granted =
    missing === undefined ? "?" : `${asked.length - missing.length} of ${asked.length}`;
  return [tenant, state, granted, listed(missing), listed(surplus), by ?? "-"];
}

function listed(roles: readonly string[] | undefined): string {
  if (roles === undefined) return "?";
  return roles.length === 0 ? "-" : roles.join(", ");
}
