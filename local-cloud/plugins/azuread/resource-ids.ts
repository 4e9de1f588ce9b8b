// The ids that azuread gives its resources.

/** The object id in `/applications/{objectId}` or `/servicePrincipals/{objectId}`; bare object ids pass as they are. */
export function objectIdOf(id: string): string {
  return id.split("/").at(-1) ?? id;
}

/** The parts of `{applicationObjectId}/password/{keyId}` and its like. Throws when the id is of another form. */
export function childIdOf(
  kind: string,
  id: string,
): { applicationObjectId: string; childId: string } {
  const [applicationObjectId = "", found, childId = "", ...more] = id.split("/");
  if (found === kind && childId !== "" && more.length === 0)
    return { applicationObjectId, childId };
  throw new Error(
    `'${id}' is no id of this type, which looks like '{applicationObjectId}/${kind}/{id}'.`,
  );
}

/** What credentials and redirect URIs take as `applicationId`. */
export function applicationPath(applicationId: string): string {
  return `/applications/${objectIdOf(applicationId)}`;
}
