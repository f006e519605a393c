import { html, type Html, raw } from '../report/html.js';
import { COLUMNS, type RegisterLine } from './register.js';

/** One open task on the sheet for when nothing runs but the telephone. */
export interface SheetTask {
  class: string;
  due: string;
  name: string;
  sex: string;
  age: string;
  phones: string;
  headline: string;
  state: string;
}

/** The style of both sheets: A4 across, rows that are not torn apart. */
export const SHEET_STYLE = `
*{box-sizing:border-box}
body{margin:12px;color:#1f1f1f;font:12px/1.4 "PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","SimSun-ExtB",sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:16px;margin:0 0 2px}p{margin:0 0 8px;color:#595959}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #767676;padding:3px 4px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f5f5f5}thead{display:table-header-group}tr{break-inside:avoid}
.write{min-width:90px}
@page{size:A4 landscape;margin:8mm}
@media print{body{margin:0;font-size:9px}}
`;

/** 登记本 as a page to print. */
export function registerPage(
  lines: readonly RegisterLine[],
  period: { from: string; to: string; at: string },
  inWords: (instant: string | null) => string,
): string {
  const head = COLUMNS.map(({ heading }) => html`<th>${heading.zh}<br />${heading.en}</th>`);
  const rows = lines.map(
    (line) =>
      html`<tr>
        ${COLUMNS.map(({ of }) => html`<td>${of(line, inWords)}</td>`)}
      </tr>`,
  );
  return page(
    '重要异常结果登记本 Register of important results',
    `${period.from} – ${period.to} · ${lines.length} 条 lines · ${period.at}`,
    html`<table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  );
}

const TO_WRITE = ['时间 when', '接听人 who', '复述 read back', '签名 signed'];

/** The open queue on paper: what is known, and room to write. */
export function queueSheet(tasks: readonly SheetTask[], at: string): string {
  const head = [
    '类别 class',
    '时限 due',
    '姓名 name',
    '性别 sex',
    '年龄 age',
    '电话 phone',
    '结果 result',
    '状态 state',
  ];
  const rows = tasks.map(
    (task) =>
      html`<tr>
        <td>${task.class}</td>
        <td>${task.due}</td>
        <td>${task.name}</td>
        <td>${task.sex}</td>
        <td>${task.age}</td>
        <td>${task.phones}</td>
        <td>${task.headline}</td>
        <td>${task.state}</td>
        ${TO_WRITE.map(() => html`<td class="write"></td>`)}
      </tr>`,
  );
  return page(
    '待通知名单(停机用) Open queue, for downtime',
    `${at} · ${tasks.length} 人 people. 恢复后请补录 Enter what was done when the system is back.`,
    html`<table>
      <thead>
        <tr>
          ${[...head, ...TO_WRITE].map((name) => html`<th>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  );
}

function page(title: string, subtitle: string, body: Html): string {
  return `<!doctype html>${
    html`<html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <style>
          ${raw(SHEET_STYLE)}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        <p>${subtitle}</p>
        ${body}
      </body>
    </html>`.text
  }`;
}
