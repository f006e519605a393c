import { Link } from 'wouter';
import type { Session } from '../../api/client';
import { Shell } from '../../shell/Shell';
import { Failed, Loading } from '../../states/States';
import { useOwn } from '../../words';
import '../../style/pages.css';
import '../../style/drafts.css';
import { DiffPart } from './DiffPart';
import { EditPart } from './EditPart';
import { ReplayPart } from './ReplayPart';
import { ReviewPart } from './ReviewPart';
import { useDraft } from './useDraft';
import { DRAFTS } from './words';

const PARTS = ['edit', 'diff', 'replay', 'review'] as const;

/** One draft: its files, how they differ, whom they would judge otherwise, and the second doctor's word. */
export default function DraftPage({ session, id, part }: { session: Session; id: string; part: string }) {
  const words = useOwn(DRAFTS);
  const { data: draft, isPending, error, refetch, keep } = useDraft(id);
  const given = { session, draft: draft!, keep };
  return (
    <Shell session={session}>
      <div className="page">
        <p>
          <Link href="/rules/drafts">← {words.title}</Link>
        </p>
        {isPending && <Loading rows={5} height={64} />}
        {error && !draft && <Failed error={error} retry={() => void refetch()} />}
        {draft && (
          <>
            <div className="head">
              <h1 data-foreign>{draft.title}</h1>
              <em className="tag">{words.states[draft.state]}</em>
              <span className="hint">
                {draft.author ?? words.key} · {words.revision(draft.revision)}
              </span>
            </div>
            <nav className="tabs" aria-label={words.title}>
              {PARTS.map((one) => (
                <Link key={one} href={`/rules/drafts/${id}/${one}`} aria-current={one === part ? 'page' : undefined}>
                  {words.parts[one]}
                </Link>
              ))}
            </nav>
            {part === 'edit' && <EditPart {...given} />}
            {part === 'diff' && <DiffPart {...given} />}
            {part === 'replay' && <ReplayPart {...given} />}
            {part === 'review' && <ReviewPart {...given} />}
          </>
        )}
      </div>
    </Shell>
  );
}
