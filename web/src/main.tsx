import './style/base.css';
import './style/shell.css';
import './style/queue.css';
import './style/forced-colors.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { Refusal } from './api/client';
import { leave } from './api/session';
import { leaveKeysToInputMethods } from './queue/keys';
import { Language } from './words';

const MOST_RETRIES = 2;

/** The session is over: what is on the screen goes away, and whoever signs in comes back to this address. */
const onError = (error: unknown): void => {
  if (error instanceof Refusal && error.status === 401) leave(queries);
};

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // What the service has refused it refuses again; what was not reached may be, a moment later.
      retry: (failures, error) => failures < MOST_RETRIES && error instanceof Refusal && error.status >= 500,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

leaveKeysToInputMethods();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Language>
        <App />
      </Language>
    </QueryClientProvider>
  </StrictMode>,
);
