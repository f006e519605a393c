import { type HttpAnswer, type TestApp } from './app.js';
import { documentText, example } from './documented.js';

/** A curl command of a document, as a request. */
export interface DocumentedRequest {
  method: string;
  path: string;
  scope: 'feed' | 'read' | 'admin';
  headers: Record<string, string>;
  /** Name of the file in docs/examples that is sent; null when none is. */
  sends: string | null;
  /** The status that the document promises, after `#`. */
  status: number;
}

const SCOPES = { FEED_KEY: 'feed', READ_KEY: 'read', ADMIN_KEY: 'admin' } as const;

/** Every curl command in the blocks of code of a document, in order. */
export function documentedRequests(document: string): DocumentedRequest[] {
  const blocks = [...documentText(document).matchAll(/```bash\n([\s\S]*?)```/g)].map(([, code]) => code!);
  const commands = blocks.flatMap((code) => code.replace(/(\\|\|)\n\s*/g, '$1 ').split('\n'));
  return commands.filter((command) => /\bcurl\b.*\$FIRSTCALL/.test(command)).map(readCommand);
}

function readCommand(command: string): DocumentedRequest {
  const one = (pattern: RegExp): string | undefined => pattern.exec(command)?.[1];
  const headers = [...command.matchAll(/-H "([\w-]+): ([^"]*)"/g)].map(
    (match) => [match[1]!.toLowerCase(), match[2]!] as const,
  );
  const key = one(/Bearer \$(\w+)/) as keyof typeof SCOPES;
  const status = one(/# (\d{3})\b/);
  if (!(key in SCOPES) || !status) throw new Error(`not understood: ${command}`);
  const sends = one(/docs\/examples\/([\w.-]+)/) ?? null;
  return {
    method: one(/-X (\w+)/) ?? (sends ? 'POST' : 'GET'),
    path: one(/\$FIRSTCALL([^\s"]*)/)!,
    scope: SCOPES[key],
    headers: Object.fromEntries(headers.filter(([name]) => name !== 'authorization')),
    sends,
    status: Number(status),
  };
}

/** Sends a documented request; `{{now}}` is the service's time. */
export function send<T>(app: TestApp, request: DocumentedRequest): Promise<HttpAnswer<T>> {
  const { method, path, scope, headers, sends } = request;
  const body = sends === null ? undefined : example(sends, app.clock.now());
  return app.http<T>(method, path, body, { key: scope, headers });
}
