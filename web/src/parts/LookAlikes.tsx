import { Fragment } from 'react';

/** Tests whose names are alike but for their end: what they share, and what tells them apart. */
const ALIKE =
  /(糖类抗原|\bCA ?)(125|19-9|15-3|72-4|242|50)(?!\d)|(\bHB[sec])(Ag|Ab)\b|(乙肝(?:表面|核心|e))(抗原|抗体)/g;

/** A text in which the difference between tests of like names is bold. */
export function LookAlikes({ children: text }: { children: string }) {
  const parts = [...text.matchAll(ALIKE)];
  if (parts.length === 0) return text;
  let at = 0;
  const shown = parts.map((found) => {
    const [whole, ...groups] = found;
    const [shared, differs] = groups.filter((one) => one !== undefined);
    const before = text.slice(at, found.index);
    at = found.index + whole.length;
    return (
      <Fragment key={found.index}>
        {before}
        <span className="alike">
          {shared}
          <b>{differs}</b>
        </span>
      </Fragment>
    );
  });
  return (
    <>
      {shown}
      {text.slice(at)}
    </>
  );
}
