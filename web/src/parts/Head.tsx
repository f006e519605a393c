/** The head of a table: words, and after them the names of numbers. */
export function Head({ words, numbers = [] }: { words: readonly string[]; numbers?: readonly string[] }) {
  return (
    <thead>
      <tr>
        {words.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
        {numbers.map((name) => (
          <th key={name} scope="col" className="number">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
