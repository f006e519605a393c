/** What a receipt says became of a message. */
export const RECEIPT_STATUSES = ['delivered', 'bounced', 'reply'] as const;
export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

export interface Said {
  status: ReceiptStatus;
  /** When it happened, by the provider's clock. */
  at: Date;
}

/**
 * What all receipts of a message say together, in whatever order and however often they came: the latest one, and of
 * two of the same instant the bad news. Null while none says whether it arrived.
 */
export function settledBy(receipts: readonly Said[]): 'delivered' | 'bounced' | null {
  let last: Said | null = null;
  for (const receipt of receipts) {
    if (receipt.status === 'reply') continue;
    const isLater = last === null || receipt.at > last.at;
    const isWorse = receipt.at.getTime() === last?.at.getTime() && receipt.status === 'bounced';
    if (isLater || isWorse) last = receipt;
  }
  return last === null ? null : (last.status as 'delivered' | 'bounced');
}

/** What somebody answers to a message: that they have it, that they want no more of them, or anything else. */
export type ReplyMeaning = 'confirms' | 'stops' | 'other';

const CONFIRMS = /^(?:1|y|yes|ok|确认|已确认|收到|已收到|知道了|好|好的|是)$/;
const STOPS = /^(?:t|td|tn|n|stop|unsubscribe|退订|退定|拒收)$/;

/** Reads a reply as people type it: full-width digits, blanks and a closing mark change nothing. */
export function meaningOf(text: string): ReplyMeaning {
  const plain = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s。.!！,，~]+$/u, '');
  if (CONFIRMS.test(plain)) return 'confirms';
  return STOPS.test(plain) ? 'stops' : 'other';
}
