import { ConfigProvider, theme } from 'antd';
import { type ReactNode, useSyncExternalStore } from 'react';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

/** Ant Design in our colours; its styles carry the nonce of the page. */
export function Looks({ children }: { children: ReactNode }) {
  const isDark = useSyncExternalStore(
    (changed) => {
      DARK.addEventListener('change', changed);
      return () => DARK.removeEventListener('change', changed);
    },
    () => DARK.matches,
  );
  return (
    <ConfigProvider
      csp={nonce ? { nonce } : {}}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          colorPrimary: isDark ? '#69b1ff' : '#0958d9',
          colorTextLightSolid: isDark ? '#1f1f1f' : '#fff',
          colorBorder: isDark ? '#757575' : '#767676',
          colorTextPlaceholder: isDark ? '#9e9e9e' : '#6b6b6b',
          colorError: isDark ? '#ff9c9c' : '#a8071a',
          fontFamily: 'inherit',
          motion: false,
        },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
