import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { en } from './en';
import { zh, type Words } from './zh';

export type { Words } from './zh';
export type Language = 'zh' | 'en';

interface Chosen {
  language: Language;
  words: Words;
  choose: (language: Language) => void;
}

const KEPT = 'firstcall.language';
const CATALOGUE: Record<Language, Words> = { zh, en };
const Context = createContext<Chosen>({ language: 'zh', words: zh, choose: () => undefined });

/** Chinese, unless somebody has chosen otherwise on this browser. */
export function Language({ children }: { children: ReactNode }) {
  const [language, choose] = useState<Language>(keptLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    localStorage.setItem(KEPT, language);
  }, [language]);
  const chosen = useMemo(() => ({ language, words: CATALOGUE[language], choose }), [language]);
  return <Context value={chosen}>{children}</Context>;
}

export function useLanguage(): Chosen {
  return useContext(Context);
}

export function useWords(): Words {
  return useContext(Context).words;
}

/** Words of one page, which come with it and not before. */
export function useOwn<T>(words: Record<Language, T>): T {
  return words[useContext(Context).language];
}

/** A text that the service gives in both languages. */
export function inLanguage(text: { zh?: string; en?: string }, language: Language): string {
  return (language === 'zh' ? (text.zh ?? text.en) : (text.en ?? text.zh)) ?? '';
}

function keptLanguage(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh';
}
