import { readFileSync } from "node:fs";

/** The table that pytest reads as well: places in code points, `utf16` in the browser's indexes. */
export const cases = JSON.parse(readFileSync(new URL("../cases/offsets.json", import.meta.url), "utf8"));
