// The plain pair of icons for an app that has none: a telephone receiver, white on the accent colour and white on nothing.
// Drawn with whole numbers and square roots only and stored uncompressed, so that the bytes are the same everywhere.
import { zlibSync } from "fflate";
import { crc32 } from "./crc32.js";

/** `color.png`, 192x192: the receiver on a ground of that colour (`#rrggbb`). */
export function defaultColorIcon(accentColor: string): Uint8Array {
  const ground = [1, 3, 5].map((at) => Number.parseInt(accentColor.slice(at, at + 2), 16));
  const steps = Array.from({ length: 16 }, (_, step) =>
    ground.map((value) => Math.round(value + ((255 - value) * step) / 15)),
  );
  return picture(192, steps, undefined, (x, y) => Math.round(coverage(x, y, 192, 4) * 15));
}

/** `outline.png`, 32x32: the receiver in white; a pixel is either there or fully transparent, as Teams' check wants it. */
export function defaultOutlineIcon(): Uint8Array {
  const white = Array.from({ length: 16 }, () => [255, 255, 255]);
  const alpha = white.map((_, step) => (step < 8 ? 0 : 255));
  return picture(32, white, alpha, (x, y) => (coverage(x, y, 32, 4) >= 0.5 ? 15 : 0));
}

/** How much of a pixel the receiver covers, 0 to 1, from `grain` times `grain` points in it. */
function coverage(x: number, y: number, side: number, grain: number): number {
  let inside = 0;
  for (let i = 0; i < grain * grain; i++) {
    const u = (x + ((i % grain) + 0.5) / grain) / side;
    const v = (y + (Math.floor(i / grain) + 0.5) / grain) / side;
    if (isReceiver(u, v)) inside += 1;
  }
  return inside / (grain * grain);
}

// In a square of side 1: a quarter of a ring around the upper right corner, and a thick end at each of its tips.
const CENTRE = { u: 0.86, v: 0.14 };
const RING = { inner: 0.5, outer: 0.68 };
const ENDS = [
  { u: 0.33, v: 0.28 },
  { u: 0.72, v: 0.67 },
];

function isReceiver(u: number, v: number): boolean {
  const [along, across] = [CENTRE.u - u, v - CENTRE.v];
  const radius = Math.sqrt(along * along + across * across);
  const inRing = radius >= RING.inner && radius <= RING.outer;
  const inQuarter = along >= 0.14 && across >= 0.14;
  return (inRing && inQuarter) || ENDS.some((end) => isEnd(u - end.u, v - end.v));
}

/** A rounded square of side 0.24, turned by 45 degrees as the receiver is. */
function isEnd(du: number, dv: number): boolean {
  const a = Math.abs(du + dv) / Math.SQRT2;
  const b = Math.abs(du - dv) / Math.SQRT2;
  const [outsideA, outsideB] = [Math.max(a - 0.09, 0), Math.max(b - 0.07, 0)];
  return outsideA * outsideA + outsideB * outsideB <= 0.05 * 0.05;
}

/** A PNG with a palette of 16 colours. */
function picture(
  side: number,
  palette: readonly (readonly number[])[],
  alpha: readonly number[] | undefined,
  colourAt: (x: number, y: number) => number,
): Uint8Array {
  const rowLength = 1 + side / 2;
  const rows = new Uint8Array(side * rowLength);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x += 2) {
      rows[y * rowLength + 1 + x / 2] = (colourAt(x, y) << 4) | colourAt(x + 1, y);
    }
  }
  const header = [0, 0, 0, side, 0, 0, 0, side, 4, 3, 0, 0, 0];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", header),
    ...chunk("PLTE", palette.flat()),
    ...(alpha === undefined ? [] : chunk("tRNS", alpha)),
    ...chunk("IDAT", zlibSync(rows, { level: 0 })),
    ...chunk("IEND", []),
  ]);
}

function chunk(type: string, data: Iterable<number>): number[] {
  const body = [...new TextEncoder().encode(type), ...data];
  return [...bigEndian(body.length - 4), ...body, ...bigEndian(crc32(Uint8Array.from(body)))];
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
