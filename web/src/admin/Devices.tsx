import { useQuery } from '@tanstack/react-query';
import { ask, type Schemas, type Session } from '../api/client';
import { Listing } from '../parts/Listing';
import { useOwn } from '../words';
import { dayAndTime } from '../words/times';
import { ADMIN } from './words';

/** The devices that gateways have told of. */
export function Devices({ session }: { session: Session }) {
  const { devices: words } = useOwn(ADMIN);
  const asked = useQuery({
    queryKey: ['devices'],
    queryFn: ({ signal }) => ask<Schemas['DeviceList']>('GET', '/api/devices', { signal }),
  });
  return (
    <>
      <p className="hint">{words.hint}</p>
      <Listing
        asked={asked}
        items={asked.data?.items}
        none={words.none}
        columns={[
          {
            head: words.columns.name,
            isForeign: true,
            cell: ({ name }) => <strong>{name ?? words.noName}</strong>,
          },
          { head: words.columns.maker, isForeign: true, cell: ({ maker }) => maker ?? '—' },
          {
            head: words.columns.state,
            keeps: true,
            cell: ({ status }) => words.states[status ?? 'unknown'] ?? words.states['unknown'],
          },
          {
            head: words.columns.worn,
            keeps: true,
            cell: ({ isWorn }) => (isWorn ? words.worn : words.free),
          },
          { head: words.columns.by, isForeign: true, cell: ({ source }) => source },
          {
            head: words.columns.at,
            keeps: true,
            cell: ({ updatedAt }) => dayAndTime(Date.parse(updatedAt), session.timeZone),
          },
        ]}
      />
    </>
  );
}
