import { useEffect, useState } from 'react';
import { serviceNow } from '../api/client';

const EVERY_MS = 15_000;

/** The time by the service's clock, to the minute's quarter: what counts down changes by the minute. */
export function useNow(): number {
  const [now, setNow] = useState(serviceNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serviceNow()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
