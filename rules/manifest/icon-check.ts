// Icons as Teams demands them: PNG, 192x192 in colour and 32x32 as a white outline on nothing ("Create an app package";
// error codes InvalidColorIconHeightAndWidth, InvalidOutlineIconHeightAndWidth and InvalidOutlineIconTransparency).
import { Unzlib } from "fflate";
import { PNG } from "pngjs";
import { type Issue, shown } from "../issue.js";

/** The icons that a manifest names, by their key in `icons`. */
export enum IconKind {
  Color = "color",
  Outline = "outline",
  /** Optional, from version 1.21. */
  Color32 = "color32x32",
}

/** Width and height in pixels. */
const SIDE: Readonly<Record<IconKind, number>> = {
  [IconKind.Color]: 192,
  [IconKind.Outline]: 32,
  [IconKind.Color32]: 32,
};

const WHOSE = "Microsoft Teams";
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * What is wrong with an icon, as issues, and what Teams may object to, as warnings.
 * @param path how messages call the file: `app.zip/outline.png`
 */
export function checkIcon(
  path: string,
  bytes: Uint8Array,
  kind: IconKind,
): { issues: Issue[]; warnings: Issue[] } {
  const side = SIDE[kind];
  const refuse = (rule: string, fix: string, got?: string) => ({
    issues: [{ path, rule, whose: WHOSE, ...(got === undefined ? {} : { got }), fix }],
    warnings: [],
  });
  const size = pngSize(bytes);
  if (size === undefined) {
    return refuse("must be a PNG picture", `Save it as PNG of ${side}x${side} pixels.`);
  }
  if (size.width !== side || size.height !== side) {
    const got = `${size.width}x${size.height}`;
    return refuse(`must be ${side}x${side} pixels`, `Draw it at ${side}x${side} pixels.`, got);
  }
  const pixels = decode(bytes);
  if (pixels === undefined) {
    return refuse("must be a whole PNG picture, and this one is damaged", "Save it again.");
  }
  if (kind === IconKind.Color) return { issues: [], warnings: [] };
  if (!pixels.some(({ alpha }) => alpha === 0)) {
    return refuse(
      "must have a transparent background",
      "Remove the background, so that only the drawing is left.",
    );
  }
  return { issues: [], warnings: kind === IconKind.Outline ? colouredPixels(path, pixels) : [] };
}

interface Pixel {
  readonly colour: readonly number[];
  readonly alpha: number;
}

function colouredPixels(path: string, pixels: readonly Pixel[]): Issue[] {
  const coloured = pixels.find(
    ({ colour, alpha }) => alpha > 0 && colour.some((value) => value !== 255),
  );
  if (coloured === undefined) return [];
  const hex = coloured.colour.map((value) => value.toString(16).padStart(2, "0")).join("");
  return [
    {
      path,
      rule: "should have nothing but white and transparent pixels",
      whose: WHOSE,
      got: shown(`#${hex}`),
      fix: "Draw it in white (#ffffff); Teams may refuse it otherwise.",
    },
  ];
}

/** Width and height from the header; `undefined` for what is no PNG. */
function pngSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const isPng = bytes.length >= 33 && SIGNATURE.every((byte, i) => bytes[i] === byte);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isPng || view.getUint32(12) !== 0x49484452) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function decode(bytes: Uint8Array): Pixel[] | undefined {
  if (!inflatesWithinReason(bytes)) return undefined;
  try {
    const { data } = PNG.sync.read(Buffer.from(bytes));
    return Array.from({ length: data.length / 4 }, (_, i) => ({
      colour: [...data.subarray(i * 4, i * 4 + 3)],
      alpha: data[i * 4 + 3] ?? 0,
    }));
  } catch {
    return undefined;
  }
}

// The largest icon has 192 rows of 192 pixels of 8 bytes; a picture that inflates to more was made to hurt.
const MOST_PIXEL_BYTES = 512 * 1024;

function inflatesWithinReason(bytes: Uint8Array): boolean {
  let total = 0;
  const inflate = new Unzlib((chunk) => {
    total += chunk.length;
  });
  try {
    for (const data of imageData(bytes)) {
      for (let at = 0; at < data.length; at += 1024) {
        inflate.push(data.subarray(at, at + 1024));
        if (total > MOST_PIXEL_BYTES) return false;
      }
    }
  } catch {
    return false;
  }
  return total > 0;
}

/** The IDAT chunks. */
function imageData(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Uint8Array[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    if (type === 0x49444154) chunks.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return chunks;
}
