// "Set Blob Service Properties" and "Get Blob Service Properties", of which there is the static website and nothing else.
import type { CloudContext } from "../cloud-context.js";
import { type Account, putWebsite, type StaticWebsite, websiteOf } from "./account-store.js";
import { notHere, StorageError, xmlText } from "./storage-error.js";

const MOST_BYTES = 64 * 1024;

export function readWebsiteProperties({ store }: CloudContext, account: Account): Response {
  const website = websiteOf(store, account.name) ?? { enabled: false };
  const { enabled, indexDocument, errorDocument404Path } = website;
  const element = (name: string, text: string | undefined) =>
    text === undefined ? "" : `<${name}>${xmlText(text)}</${name}>`;
  const inside = [
    element("Enabled", String(enabled)),
    element("IndexDocument", indexDocument),
    element("ErrorDocument404Path", errorDocument404Path),
  ].join("");
  const xml = `<?xml version="1.0" encoding="utf-8"?><StorageServiceProperties><StaticWebsite>${inside}</StaticWebsite></StorageServiceProperties>`;
  return new Response(xml, { status: 200, headers: { "Content-Type": "application/xml" } });
}

export async function writeWebsiteProperties(
  { store }: CloudContext,
  account: Account,
  request: Request,
): Promise<Response> {
  const text = await request.text();
  const website = text.length > MOST_BYTES ? undefined : websiteIn(text);
  if (website === undefined) {
    const message = "XML specified is not syntactically valid.";
    throw new StorageError(400, "InvalidXmlDocument", message);
  }
  store.transaction(() => putWebsite(store, account.name, website));
  return new Response(null, { status: 202 });
}

function websiteIn(text: string): StaticWebsite | undefined {
  const body = /<StorageServiceProperties[^>]*>([\s\S]*)<\/StorageServiceProperties>\s*$/.exec(
    text,
  );
  const inner = body?.[1]?.trim();
  const site = /^<StaticWebsite>([\s\S]*)<\/StaticWebsite>$/.exec(inner ?? "")?.[1];
  if (inner !== undefined && site === undefined) {
    throw notHere("properties of the blob service other than StaticWebsite");
  }
  if (site === undefined) return undefined;
  const value = (name: string) => {
    const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(site)?.[1];
    return found === undefined || found === "" ? undefined : plainText(found);
  };
  const enabled = value("Enabled");
  if (enabled !== "true" && enabled !== "false") return undefined;
  const [indexDocument, errorDocument404Path] = [
    value("IndexDocument"),
    value("ErrorDocument404Path"),
  ];
  return {
    enabled: enabled === "true",
    ...(indexDocument === undefined ? {} : { indexDocument }),
    ...(errorDocument404Path === undefined ? {} : { errorDocument404Path }),
  };
}

function plainText(xml: string): string {
  return xml.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
