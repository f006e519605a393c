/** The page's style, for the screen and for one sheet of A4; colours and contrast as in the workbench. */
export const STYLE = `
:root{--ink:#1f1f1f;--soft:#595959;--line:#d9d9d9;--tone:#595959;--tint:#f5f5f5}
*{box-sizing:border-box}
body{margin:0;background:#f5f7fa;color:var(--ink);font:14px/1.57 "PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","SimSun-ExtB",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:860px;margin:16px auto;padding:24px 28px;background:#fff;border:1px solid var(--line);border-radius:8px}
.l1{--tone:#a8071a;--tint:#fff1f0}.l2{--tone:#874d00;--tint:#fff7e6}.l3{--tone:#874d00;--tint:#fff7e6}
.l4{--tone:#0b5394;--tint:#e6f4ff}.l5{--tone:#237804;--tint:#f6ffed}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:4px 16px;border-bottom:1px solid var(--line);padding-bottom:10px}
html[lang=en] body{font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
h1{font-size:20px;line-height:28px;margin:0}
h2{font-size:16px;line-height:24px;margin:18px 0 8px}
h3{font-size:15px;line-height:22px;margin:0}
p{margin:4px 0}
ul{margin:4px 0;padding-left:20px}
.who{font-size:16px}
.soft{color:var(--soft);font-size:13px}
.level{display:flex;gap:20px;align-items:center;margin-top:14px;padding:14px 18px;background:var(--tint);border-left:6px solid var(--tone);border-radius:4px}
.grade{flex:none;min-width:112px;text-align:center;color:var(--tone)}
.grade b{display:block;font-size:30px;line-height:38px}
.pips{display:flex;gap:4px;justify-content:center;margin-top:4px}
.pips svg{width:14px;height:14px}
.meaning{font-size:16px;line-height:25px}
.cards{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:12px;align-items:start}
.card{border:1px solid var(--line);border-left:4px solid var(--tone);border-radius:4px;padding:10px 12px;break-inside:avoid}
.card .top{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 8px}
.card .tag{color:var(--tone);font-size:13px;white-space:nowrap}
.value{font-size:22px;line-height:30px;font-weight:700;color:var(--tone)}
.value.text{font-size:14px;line-height:22px;font-weight:400;color:var(--ink)}
.trend{display:block;width:100%;height:auto;margin:4px 0}
.trend .line{fill:none;stroke:#595959;stroke-width:1.6}
.trend .dot{fill:var(--tone)}
.trend .aim{stroke:#237804;stroke-width:1.2;stroke-dasharray:5 4}
.trend text{font-size:11px;fill:#595959;paint-order:stroke;stroke:#fff;stroke-width:3px}
.trend .then{fill:#1f1f1f}
.trend .now{font-size:13px;font-weight:700;fill:var(--tone)}
.trend .aim-text{fill:#237804}
.columns{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 28px}
.more{margin-top:10px}
footer{margin-top:16px;padding-top:8px;border-top:1px solid var(--line);color:var(--soft);font-size:12px;line-height:18px}
@media screen{.cards{display:block;columns:2;column-gap:12px}.card{margin-bottom:12px}}
@media screen and (max-width:640px){main{margin:0;padding:16px;border:0}.cards{columns:1}.columns{grid-template-columns:minmax(0,1fr)}.level{flex-direction:column;align-items:flex-start}}
@page{size:A4;margin:9mm 11mm}
@media print{body{background:#fff;font-size:11.5px;line-height:1.42;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:none;margin:0;padding:0;border:0}h2{margin:8px 0 3px;font-size:14px}p{margin:2px 0}.level{margin-top:8px;padding:9px 14px}
.meaning{font-size:14px;line-height:21px}.cards{gap:8px}.many{grid-template-columns:repeat(3,minmax(0,1fr))}.card{padding:6px 10px}.value{font-size:17px;line-height:22px}.trend{max-width:215px;margin:0}footer{margin-top:8px}}
`;
