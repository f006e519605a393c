/** What was typed into a form's text field; nothing where there is no such field. */
export function typedIn(form: HTMLFormElement, name: string): string {
  const text = new FormData(form).get(name);
  return typeof text === 'string' ? text : '';
}
