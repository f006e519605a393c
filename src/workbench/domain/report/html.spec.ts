import fc from 'fast-check';
import { html, raw } from './html.js';

describe('HTML', () => {
  it('escapes what is put into it, and takes what is HTML already as it is', () => {
    expect(html`<p>${'<b> & "\''}</p>`.text).toBe('<p>&lt;b&gt; &amp; &quot;&#39;</p>');
    expect(html`${[html`<i>${1}</i>`, raw('<b>')]}`.text).toBe('<i>1</i><b>');
  });

  it('lets no text begin a tag or end an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.text).not.toMatch(/[<>"']/);
      }),
    );
  });
});
