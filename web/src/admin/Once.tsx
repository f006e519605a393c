import { useState } from 'react';
import { useOwn } from '../words';
import { ADMIN } from './words';

/** A secret that is shown this once. */
export function Once({ says, secret }: { says: string; secret: string }) {
  const { users: words } = useOwn(ADMIN);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <div className="done-note" role="status">
      <p>{says}</p>
      <p className="head">
        <code className="secret-text">{secret}</code>
        {/* Only where the browser lets pages write there: not over plain HTTP. */}
        {window.isSecureContext && (
          <button type="button" className="button" onClick={() => void copy()}>
            {isCopied ? words.copied : words.copy}
          </button>
        )}
      </p>
    </div>
  );
}
