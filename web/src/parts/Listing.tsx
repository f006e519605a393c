import type { ReactNode } from 'react';
import { Failed, Loading } from '../states/States';

/** One column of a list. */
export interface Column<T> {
  /** Read out alone where the column needs no heading to be seen. */
  head: string;
  isHeadHidden?: boolean;
  cell: (item: T) => ReactNode;
  /** Never broken over lines: times, states. */
  keeps?: boolean;
  /** Typed by people, in whatever language. */
  isForeign?: boolean;
}

interface Asked {
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** A list as a table, with what stands in its place while it comes, when it does not, and when it is empty. */
export function Listing<T extends { id: string }>({
  asked,
  items,
  columns,
  none,
}: {
  asked: Asked;
  items: readonly T[] | undefined;
  columns: readonly Column<T>[];
  none: string;
}) {
  if (items === undefined)
    return asked.isPending ? (
      <Loading rows={5} height={40} />
    ) : (
      <Failed error={asked.error} retry={() => void asked.refetch()} />
    );
  if (items.length === 0) return <p className="state">{none}</p>;
  return (
    <section className="panel table-box">
      <table className="table">
        <thead>
          <tr>
            {columns.map(({ head, isHeadHidden = false }) => (
              <th key={head} scope="col">
                {isHeadHidden ? <span className="hidden">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              {columns.map(({ head, cell, keeps = false, isForeign = false }) => (
                <td key={head} className={keeps ? 'keep' : undefined} data-foreign={isForeign || undefined}>
                  {cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
