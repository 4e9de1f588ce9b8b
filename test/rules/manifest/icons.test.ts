import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../rules/issue.js";
import { defaultColorIcon, defaultOutlineIcon } from "../../../rules/manifest/default-icons.js";
import { checkIcon, IconKind } from "../../../rules/manifest/icon-check.js";

/** A PNG of one colour with an alpha, and a transparent corner unless `solid`. */
function picture(side: number, [r, g, b, a]: readonly number[], solid = false): Uint8Array {
  const png = new PNG({ width: side, height: side });
  for (let i = 0; i < side * side; i++) png.data.set([r ?? 0, g ?? 0, b ?? 0, a ?? 0], i * 4);
  if (!solid) png.data.set([0, 0, 0, 0], 0);
  return PNG.sync.write(png);
}

const check = (bytes: Uint8Array, kind: IconKind) => {
  const { issues, warnings } = checkIcon("app.zip/icon.png", bytes, kind);
  return { issues: issues.map(formatIssue), warnings: warnings.map(formatIssue) };
};
const WHITE = [255, 255, 255, 255];

describe("an icon", () => {
  it("is accepted at its size, and the outline in white on nothing", () => {
    const fine = { issues: [], warnings: [] };
    expect(check(picture(192, [216, 80, 40, 255], true), IconKind.Color)).toEqual(fine);
    expect(check(picture(32, WHITE), IconKind.Outline)).toEqual(fine);
    expect(check(picture(32, [1, 2, 3, 255]), IconKind.Color32)).toEqual(fine);
  });

  it.each<[string, Uint8Array, IconKind, string]>([
    [
      "of another size",
      picture(191, WHITE),
      IconKind.Color,
      "app.zip/icon.png must be 192x192 pixels (Microsoft Teams), got 191x191. Draw it at 192x192 pixels.",
    ],
    [
      "swapped",
      picture(192, WHITE),
      IconKind.Outline,
      "app.zip/icon.png must be 32x32 pixels (Microsoft Teams), got 192x192. Draw it at 32x32 pixels.",
    ],
    [
      "without transparency",
      picture(32, WHITE, true),
      IconKind.Outline,
      "app.zip/icon.png must have a transparent background (Microsoft Teams). Remove the background, so that only the drawing is left.",
    ],
    [
      "almost transparent",
      picture(32, [255, 255, 255, 9], true),
      IconKind.Outline,
      "app.zip/icon.png must have a transparent background (Microsoft Teams). Remove the background, so that only the drawing is left.",
    ],
    [
      "a JPEG",
      Uint8Array.of(0xff, 0xd8, 0xff),
      IconKind.Color,
      "app.zip/icon.png must be a PNG picture (Microsoft Teams). Save it as PNG of 192x192 pixels.",
    ],
    [
      "empty",
      new Uint8Array(),
      IconKind.Outline,
      "app.zip/icon.png must be a PNG picture (Microsoft Teams). Save it as PNG of 32x32 pixels.",
    ],
    [
      "cut off",
      picture(192, WHITE).subarray(0, 60),
      IconKind.Color,
      "app.zip/icon.png must be a whole PNG picture, and this one is damaged (Microsoft Teams). Save it again.",
    ],
  ])("that is %s is refused in one sentence", (_, bytes, kind, sentence) => {
    expect(check(bytes, kind)).toEqual({ issues: [sentence], warnings: [] });
  });

  it("whose outline is coloured gets a warning", () => {
    expect(check(picture(32, [10, 20, 30, 255]), IconKind.Outline)).toEqual({
      issues: [],
      warnings: [
        'app.zip/icon.png should have nothing but white and transparent pixels (Microsoft Teams), got "#0a141e". Draw it in white (#ffffff); Teams may refuse it otherwise.',
      ],
    });
  });

  it("whose pixels inflate to far more than it may have is refused as damaged", () => {
    const huge = Buffer.from(picture(3000, WHITE));
    huge.writeUInt32BE(192, 16);
    huge.writeUInt32BE(192, 20);
    expect(check(huge, IconKind.Color).issues[0]).toContain("this one is damaged");
  });
});

describe("the default icons", () => {
  it("pass the checks without a warning, in any accent colour", () => {
    for (const colour of ["#4464EE", "#000000", "#ffffff", "#D85028"]) {
      expect(check(defaultColorIcon(colour), IconKind.Color)).toEqual({ issues: [], warnings: [] });
    }
    expect(check(defaultOutlineIcon(), IconKind.Outline)).toEqual({ issues: [], warnings: [] });
  });

  it("show something: a ground in the accent colour, and white on it", () => {
    const { data } = PNG.sync.read(Buffer.from(defaultColorIcon("#4464EE")));
    const pixels = Array.from({ length: 192 * 192 }, (_, i) =>
      data.subarray(i * 4, i * 4 + 3).toString("hex"),
    );
    const share = (colour: string) => pixels.filter((p) => p === colour).length / pixels.length;
    expect(pixels[0]).toBe("4464ee");
    expect(share("4464ee")).toBeGreaterThan(0.6);
    expect(share("ffffff")).toBeGreaterThan(0.15);
  });
});
