import { useLanguage } from '../words';

export function LanguageButton() {
  const { language, words, choose } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="button plain"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => choose(other)}
    >
      {words.language[other]}
    </button>
  );
}
