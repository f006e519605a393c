import './style/base.css';
import './style/shell.css';
import './style/queue.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { Refusal } from './api/client';
import { Language } from './words';

const MOST_RETRIES = 2;

const queries = new QueryClient({
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

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Language>
        <App />
      </Language>
    </QueryClientProvider>
  </StrictMode>,
);
