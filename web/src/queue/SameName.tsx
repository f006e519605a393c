import { useWords } from '../words';

/** That others in the queue have the same name, so that nobody takes one for the other. */
export function SameName({ count }: { count: number }) {
  const { queue } = useWords();
  if (count < 2) return null;
  return <em className="tag warn">⚠ {queue.sameName(count)}</em>;
}
