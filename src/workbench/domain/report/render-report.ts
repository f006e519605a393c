import { type Bilingual } from '../../../rules/index.js';
import { html, type Html, raw } from './html.js';
import { type PersonReport, type ReportCard, type ReportLanguage } from './report.js';
import { STYLE } from './style.js';
import { trendChart } from './trend-chart.js';
import { LEVELS, type Word, WORDS } from './words.js';

/** Cards that fit on the page with their charts; what is beyond stands as a line. */
const MOST_CARDS = 6;
const MOST_DECIDING = 9;
const MOST_CHANGES = 3;
/** What a person’s own doing moves; other values are the doctor’s business. */
const OWN_DOING: ReadonlySet<string> = new Set([
  'systolic-bp',
  'diastolic-bp',
  'body-weight',
  'bmi',
  'waist',
  'glucose-fasting',
  'hba1c',
  'cholesterol-total',
  'ldl-c',
  'triglycerides',
  'urate',
]);

/** The person's page: everything of a person's level, in words that anybody understands. */
export function renderReport(report: PersonReport, language: ReportLanguage): string {
  const say = speaker(language);
  const { cards, code } = report;
  // Whatever decides the level is told with what to do about it.
  const deciding = cards.filter((card) => card.level === cards[0]?.level).length;
  const most = Math.max(MOST_CARDS, Math.min(deciding, MOST_DECIDING));
  const shown = cards.slice(0, most);
  const others = cards.slice(most);
  const page = html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="rules-version" content="${report.ruleSetVersion}" />
        <title>${say.word('title')}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main class="${classOf(report.override?.code ?? code)}">
          ${header(report, say)} ${level(report, say)}
          ${
            cards.length + report.confidential === 0
              ? ''
              : html`<h2>${say.word('reasons')}</h2>
                  <div class="cards${shown.length > 4 ? ' many' : ''}">
                    ${shown.map((card) => cardHtml(card, say))}
                  </div>
                  ${
                    others.length === 0
                      ? ''
                      : html`<p class="more">
                          ${say.word('more', { items: others.map((card) => lineOf(card, say)).join(say.language === 'zh' ? '；' : '; ') })}
                        </p>`
                  }
                  ${report.confidential === 0 ? '' : html`<p>${say.word('confidential', { n: String(report.confidential) })}</p>`}`
          }
          <div class="columns">${changes(report, say)}${risk(report, say)}</div>
          ${open(report, say)} ${footer(report, say)}
        </main>
      </body>
    </html> `;
  return page.text;
}

interface Speaker {
  language: ReportLanguage;
  text: (words: Bilingual) => string;
  word: (word: Word, holes?: Readonly<Record<string, string>>) => string;
  list: (items: readonly Bilingual[]) => string;
  level: (code: string) => string;
}

function speaker(language: ReportLanguage): Speaker {
  const text = (words: Bilingual): string => words[language];
  const word = (name: Word, holes: Readonly<Record<string, string>> = {}): string =>
    WORDS[name][language].replace(/\{(\w+)\}/g, (hole, key: string) => holes[key] ?? hole);
  return {
    language,
    text,
    word,
    list: (items) => items.map(text).join(word('comma')),
    level: (code) => text((LEVELS[code] ?? LEVELS.unknown!).name),
  };
}

function classOf(code: string): string {
  return `l${code}`;
}

function header({ person, asOf, printedOn }: PersonReport, say: Speaker): Html {
  const who = [
    person.name ?? '',
    person.sex ? say.word(person.sex) : '',
    person.ageYears === null ? '' : say.word('years', { n: String(person.ageYears) }),
  ].filter((part) => part !== '');
  const when = [
    ...(asOf ? [say.word('asOf', { day: asOf })] : []),
    say.word('printedOn', { day: printedOn }),
  ];
  return html`<header>
    <h1>${say.word('title')}</h1>
    <span class="who">${who.join('　')}</span><span class="soft">${when.join('　')}</span>
  </header>`;
}

function level(report: PersonReport, say: Speaker): Html {
  const { code, couldBe, override, isMinor } = report;
  if (isMinor) return noLevel(say);
  const actual = override?.code ?? code;
  const { name, meaning } = LEVELS[actual] ?? LEVELS.unknown!;
  const range =
    code === 'unknown' || override || couldBe === null ? null : say.word('range', { level: say.level(code) });
  const doctor = override && {
    doctor: override.doctor,
    level: say.level(override.code),
    until: override.until,
    computed: say.level(code),
  };
  return html`<section class="level" aria-label="${say.word('level')}">
    <div class="grade"><b>${say.text(name)}</b>${actual === 'unknown' ? '' : pips(Number(actual))}</div>
    <div>
      <p class="meaning">${say.text(meaning)}</p>
      ${range === null ? '' : html`<p>${range}</p>`}
      ${doctor ? html`<p>${say.word('doctor', doctor)}</p>` : ''}
      <p><b>${say.word('next')}</b>　${next(report, say)}</p>
      <p class="soft">${say.word('scale')}</p>
    </div>
  </section>`;
}

/** The levels are not for children: no scale, and nothing that would be theirs to do. */
function noLevel(say: Speaker): Html {
  return html`<section class="level" aria-label="${say.word('level')}">
    <div class="grade"><b>${say.word('noLevel')}</b></div>
    <p class="meaning">${say.word('minor')}</p>
  </section>`;
}

/** Five squares, filled from the left as far as the level is: a shape beside digit and colour. */
function pips(value: number): Html {
  const squares = [1, 2, 3, 4, 5].map((one) =>
    one === value
      ? html`<svg viewBox="0 0 14 14" aria-hidden="true">
          <rect x="1" y="1" width="12" height="12" fill="currentColor" stroke="currentColor" />
        </svg>`
      : html`<svg viewBox="0 0 14 14" aria-hidden="true">
          <rect x="1.5" y="1.5" width="11" height="11" fill="none" stroke="currentColor" />
        </svg>`,
  );
  return html`<span class="pips">${squares}</span>`;
}

function next({ code, override }: PersonReport, say: Speaker): Html {
  const words = LEVELS[override?.code ?? code] ?? LEVELS.unknown!;
  const note = code === 'unknown' ? '' : say.word('nextPending');
  return html`${say.text(words.next)}
  ${note === '' ? '' : html`<span class="soft">${say.language === 'zh' ? `（${note}）` : `(${note})`}</span>`}`;
}

function cardHtml(card: ReportCard, say: Speaker): Html {
  const { title, value, limit, advice, isSuspected, repeats, isPending, trend, unit } = card;
  const aim = targetOf(card, say);
  const name = say.text(title);
  const dates = trend.map(({ day, text }) => `${day} ${text}`).join(' · ');
  return html`<section class="card ${classOf(String(card.level))}">
    <div class="top">
      <h3>${name}${isPending ? ' *' : ''}</h3>
      <span class="tag">${say.level(String(card.level))}</span>
    </div>
    ${value === null || say.text(value) === name ? '' : html`<p class="value${unit === '' ? ' text' : ''}">${say.text(value)}</p>`}
    ${limit === null && aim === null ? '' : html`<p class="soft">${[limit ? say.word('limit', { limit: say.text(limit) }) : '', aim ?? ''].filter((one) => one !== '').join('　')}</p>`}
    ${
      trend.length > 1
        ? trendChart(trend, card.target?.value ?? null, `${say.word('trend', { name })}：${dates}`)
        : ''
    }
    ${isSuspected ? html`<p class="soft">${say.word('suspected')}</p>` : repeats ? html`<p class="soft">${say.text(repeats)}</p>` : ''}
    ${advice ? html`<p>${say.text(advice)}</p>` : ''}
  </section>`;
}

function targetOf({ target }: ReportCard, say: Speaker): string | null {
  return target && say.word(target.way, { value: `${target.value} ${target.unit}`.trim() });
}

function lineOf(card: ReportCard, say: Speaker): string {
  const said = [say.text(card.title), card.value ? say.text(card.value) : '', targetOf(card, say) ?? ''];
  return said.filter((one) => one !== '').join(say.language === 'zh' ? '，' : ', ');
}

function changes({ changes: all, code, cards, override }: PersonReport, say: Speaker): Html {
  if (!['2', '3', '4'].includes(code) || cards.length === 0 || override) return html``;
  const own = all.filter(({ analyte }) => OWN_DOING.has(analyte)).slice(0, MOST_CHANGES);
  if (own.length === 0 && all.length > 0) return html``;
  const lines = own.map(({ name, from, to, unit, code: then }) => {
    const holes = { name: say.text(name), from: `${from} ${unit}`.trim(), to: `${to} ${unit}`.trim() };
    const said =
      then === 'unknown'
        ? say.word('changeToNone', holes)
        : say.word('changeTo', { ...holes, level: say.level(then) });
    return html`<li>${said}</li>`;
  });
  return html`<section>
    <h2>${say.word('change')}</h2>
    ${
      lines.length > 0
        ? html`<ul>
            ${lines}
          </ul>`
        : html`<p>${say.word('severalHold')}</p>`
    }
  </section>`;
}

function risk({ risk: found }: PersonReport, say: Speaker): Html {
  if (!found) return html``;
  const of100 = (percent: string): string => {
    const n = Math.round(Number(percent));
    return n < 1 ? say.word('below1') : String(n);
  };
  const lowered = found.lowered.filter(({ percent }) => of100(percent) !== of100(found.percent));
  return html`<section>
    <h2>${say.word('risk')}</h2>
    <p>${say.word('riskNow', { n: of100(found.percent) })}</p>
    ${
      lowered.length === 0
        ? ''
        : html`<ul>
            ${lowered.map(({ name, percent }) => html`<li>${say.word('riskThen', { name: say.text(name), n: of100(percent) })}</li>`)}
          </ul>`
    }
  </section>`;
}

function open({ missing, open: undecided, inOrder, notExamined, isMinor }: PersonReport, say: Speaker): Html {
  if (isMinor) return html``;
  const lines = [
    ...(missing.length > 0 ? [say.word('missing', { items: say.list(missing) })] : []),
    ...undecided.map(({ domain, needs, advice }) =>
      advice
        ? say.word('cannotBeJudged', { domain: say.text(domain), advice: say.text(advice) })
        : needs.length > 0
          ? say.word('needs', { domain: say.text(domain), items: say.list(needs) })
          : say.word('needsDoctor', { domain: say.text(domain) }),
    ),
  ];
  const fine =
    inOrder.length > 0 ? html`<p class="more">${say.word('inOrder', { items: say.list(inOrder) })}</p>` : '';
  const silent =
    notExamined.length > 0
      ? html`<p class="soft">${say.word('notExamined', { items: say.list(notExamined) })}</p>`
      : '';
  if (lines.length === 0) return html`${fine}${silent}`;
  return html`${fine}
    <h2>${say.word('open')}</h2>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
    ${silent}`;
}

function footer({ cards }: PersonReport, say: Speaker): Html {
  const isPending = cards.some((card) => card.isPending);
  return html`<footer>
    ${isPending ? html`<p>${say.word('pending')}</p>` : ''}
    <p>${say.word('care')}</p>
  </footer>`;
}
