#!/usr/bin/env node
/**
 * Turns text that a command printed into a page that shows it as a terminal does, for the pictures in docs/pictures:
 *   npm run demo -- --exit > out.txt
 *   node tools/picture-of-output.mjs '$ npm run demo' < out.txt > out.html
 *   chromium --headless --no-sandbox --screenshot=out.png --window-size=WIDTH,HEIGHT out.html
 * The size is said on stderr. Every character has a cell, or two where it is wide: tables stay straight in any font.
 */
import { readFileSync } from 'node:fs';

const CELL = 8;
const LINE = 19;
const MARGIN = 16;
const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60\uffe0-\uffe6]/u;
const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const COLOURS = { '◆': '#ff6b6b', '▲': '#ffb454', '●': '#6cb6ff' };

const [title] = process.argv.slice(2);
const text = readFileSync(0, 'utf8').replace(/\s+$/, '');
const lines = [...(title ? [title, ''] : []), ...text.split('\n')];

let widest = 0;
const rows = lines.map((line, index) => {
  let at = 0;
  const cells = [...line].map((char) => {
    const width = WIDE.test(char) ? 2 : 1;
    const colour = COLOURS[char] ? `;color:${COLOURS[char]}` : '';
    const cell = `<i style="left:${at * CELL}px;width:${width * CELL}px${colour}">${ESCAPED[char] ?? char}</i>`;
    at += width;
    return char === ' ' ? '' : cell;
  });
  widest = Math.max(widest, at);
  return `<div style="top:${index * LINE}px">${cells.join('')}</div>`;
});
const width = widest * CELL + 2 * MARGIN;
const height = lines.length * LINE + 2 * MARGIN;

process.stdout.write(`<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #16191f; color: #d7dce2; width: ${width}px; height: ${height}px; position: relative }
main { position: absolute; left: ${MARGIN}px; top: ${MARGIN}px; font: 13px/${LINE}px "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace }
div { position: absolute; left: 0; white-space: pre }
i { position: absolute; font-style: normal; text-align: center }
</style><main lang="zh-CN">${rows.join('\n')}</main>
`);
process.stderr.write(`--window-size=${width},${height}\n`);
