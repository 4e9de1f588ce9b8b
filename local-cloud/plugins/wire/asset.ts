// A text or a file as a property (sdk/go/common/resource/asset). In state and in comparisons it is its hash; the content comes
// along only when a resource is made or changed.

/** Marks an asset on the wire. */
export const ASSET_SIGNATURE = "c44067f5952c0a294b673a41bacd8c17";

export class Asset {
  /** @param fields as they came: `hash`, and `text`, `path` or `uri` */
  constructor(readonly fields: Readonly<Record<string, string>>) {}

  /** SHA-256 of the content, hexadecimal. */
  get hash(): string {
    return this.fields["hash"] ?? "";
  }

  static of(fields: Readonly<Record<string, unknown>>): Asset {
    const texts = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    );
    return new Asset(Object.fromEntries(texts));
  }
}
