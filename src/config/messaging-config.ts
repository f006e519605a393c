/** Where messages go out, and with which secrets. A channel that is not set up is null. */
export interface MessagingConfig {
  messagesDir: string;
  email: { url: string; from: string } | null;
  sms: { url: string; keyId: string; keySecret: string; signName: string } | null;
  webhook: { url: string; secret: string } | null;
  /** By channel: what receipts of it are signed with. Without one they are refused. */
  receiptSecrets: Partial<Record<'email' | 'sms' | 'webhook', string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const SHORTEST_SECRET = 24;

/** Reads what belongs to messages; each channel is given whole or not at all. Secrets are never repeated. */
export function readMessaging(
  env: Environment,
  fromRoot: (path: string) => string,
  faults: string[],
  warnings: string[],
): MessagingConfig {
  const email = together({ SMTP_URL: env['SMTP_URL'], MAIL_FROM: env['MAIL_FROM'] }, faults);
  const sms = together(
    {
      SMS_GATEWAY_URL: env['SMS_GATEWAY_URL'],
      SMS_ACCESS_KEY_ID: env['SMS_ACCESS_KEY_ID'],
      SMS_ACCESS_KEY_SECRET: env['SMS_ACCESS_KEY_SECRET'],
      SMS_SIGN_NAME: env['SMS_SIGN_NAME'],
    },
    faults,
  );
  const webhook = together(
    { WEBHOOK_URL: env['WEBHOOK_URL'], WEBHOOK_SECRET: env['WEBHOOK_SECRET'] },
    faults,
  );
  const receiptSecrets = {
    EMAIL_RECEIPT_SECRET: env['EMAIL_RECEIPT_SECRET'],
    SMS_RECEIPT_SECRET: env['SMS_RECEIPT_SECRET'],
    WEBHOOK_RECEIPT_SECRET: env['WEBHOOK_RECEIPT_SECRET'],
  };
  isUrl(env, 'SMTP_URL', ['smtp:', 'smtps:'], faults);
  for (const name of ['SMS_GATEWAY_URL', 'WEBHOOK_URL']) {
    isUrl(env, name, ['https:', 'http:'], faults);
    if (/^http:/i.test(env[name] ?? '')) warnings.push(`${name} is not encrypted: use https.`);
  }
  if (env['MAIL_FROM'] && !/^[^\r\n]{0,80}<?[^\s<>@]+@[^\s<>@]+>?$/.test(env['MAIL_FROM'])) {
    faults.push('MAIL_FROM must be an address, such as "Checkup centre <calls@example.cn>"');
  }
  for (const [name, secret] of Object.entries({ WEBHOOK_SECRET: env['WEBHOOK_SECRET'], ...receiptSecrets })) {
    if (secret && secret.length < SHORTEST_SECRET) {
      faults.push(`${name} must have ${SHORTEST_SECRET} characters or more, found ${secret.length}`);
    }
  }
  return {
    messagesDir: fromRoot(env['MESSAGES_DIR'] || 'messages'),
    email: email && { url: email.SMTP_URL, from: email.MAIL_FROM },
    sms: sms && {
      url: sms.SMS_GATEWAY_URL,
      keyId: sms.SMS_ACCESS_KEY_ID,
      keySecret: sms.SMS_ACCESS_KEY_SECRET,
      signName: sms.SMS_SIGN_NAME,
    },
    webhook: webhook && { url: webhook.WEBHOOK_URL, secret: webhook.WEBHOOK_SECRET },
    receiptSecrets: {
      email: receiptSecrets.EMAIL_RECEIPT_SECRET || undefined,
      sms: receiptSecrets.SMS_RECEIPT_SECRET || undefined,
      webhook: receiptSecrets.WEBHOOK_RECEIPT_SECRET || undefined,
    },
  };
}

/** All of them, or none: null, and a fault when it is some. */
function together<Name extends string>(
  given: Record<Name, string | undefined>,
  faults: string[],
): Record<Name, string> | null {
  const names = Object.keys(given) as Name[];
  const missing = names.filter((name) => !given[name]);
  if (missing.length === 0) return given as Record<Name, string>;
  if (missing.length < names.length) {
    const there = names.filter((name) => given[name]).join(', ');
    faults.push(`${missing.join(', ')} must be set where ${there} is`);
  }
  return null;
}

function isUrl(env: Environment, name: string, protocols: readonly string[], faults: string[]): void {
  const text = env[name];
  if (!text) return;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return;
  faults.push(
    `${name} must be an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`,
  );
}
