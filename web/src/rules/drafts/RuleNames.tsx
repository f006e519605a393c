import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask, type Schemas } from '../../api/client';
import { inLanguage, useLanguage } from '../../words';

/** Rules by name, each a link; one that is not in force yet, or no more, by its id. */
export function RuleNames({ ids }: { ids: readonly string[] }) {
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => ask<Schemas['RulesShown']>('GET', '/api/rules', { signal }),
  });
  return ids.map((id) => {
    const rule = data?.rules.find((one) => one.id === id);
    return (
      <span key={id} className="rule-name">
        {rule ? (
          <Link href={`/rules/${id}`} title={id}>
            {inLanguage(rule.title, language)}
          </Link>
        ) : (
          <code>{id}</code>
        )}
      </span>
    );
  });
}
