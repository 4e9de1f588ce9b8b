// GUIDs name tenants, subscriptions and applications.

/** Whether the text is a GUID in its usual form, in any case. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
