import { Link } from 'wouter';
import type { Schemas } from '../../api/client';
import { inLanguage, useLanguage, useOwn } from '../../words';
import { DRAFTS } from './words';

/** Every fault with its place, which opens there. */
export function Faults({ faults, draftId }: { faults: readonly Schemas['DraftFault'][]; draftId: string }) {
  const words = useOwn(DRAFTS);
  const { language } = useLanguage();
  if (faults.length === 0) return null;
  return (
    <ul className="fault draft-faults" aria-label={words.faults(faults.length)}>
      {faults.map((one, i) => (
        <li key={i} data-foreign>
          <Link href={`/rules/drafts/${draftId}/edit?path=${encodeURIComponent(one.file)}&line=${one.line}`}>
            <code>{one.file}</code> {words.at(one.line)}
          </Link>{' '}
          {inLanguage(one, language)}
        </li>
      ))}
    </ul>
  );
}
