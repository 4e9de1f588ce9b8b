// Names in the DNS. They are compared in lower case, without the period at their end.

/** `www.contoso.com`, with or without a period at its end. */
export function isHostName(name: string): boolean {
  const bare = canonicalName(name);
  return bare.length <= 253 && bare !== "" && bare.split(".").every(isLabel);
}

/** A label may have underscores: those of TXT and SRV names do. */
export function isLabel(label: string): boolean {
  return /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label);
}

/** Lower case, without the period at the end. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** `@` and `contoso.com` -> `contoso.com`; `www` and `contoso.com` -> `www.contoso.com`. */
export function fullName(relative: string, zone: string): string {
  return relative === "@" ? zone : `${relative}.${zone}`;
}
