import { expect, test } from 'vitest'
import { foreignReference } from '../../../src/media/pictures/foreign-reference.mjs'

const inSvg = (parts: string) => `<svg xmlns:xlink="http://www.w3.org/1999/xlink">${parts}</svg>`

test.each([
  ['of a picture', '<image href="file:///a"/>', 'file:///a'],
  ['of an old kind', "<image xlink:href='http://a/b.png'/>", 'http://a/b.png'],
  ['of a letter by its number', '<image href="&#104;ttp://a"/>', 'http://a'],
  ['of another drawing', '<use href="a.svg#b"/>', 'a.svg#b'],
  ['of a fill', '<rect fill="URL( \'http://a\' )"/>', 'http://a'],
  ['of a style', '<rect style="fill:red;mask:url(b#c)"/>', 'b#c'],
  ['of a style sheet', '<style>a{} @import "x.css";</style>', 'x.css'],
  ['of one by an address', '<style><![CDATA[@import url(y.css);]]></style>', 'y.css'],
])('a foreign reference is found: that %s', (_, parts, reference) => {
  expect(foreignReference(inSvg(parts))).toBe(reference)
})

test.each([
  ['a part of its own', '<use href="#a"/><rect fill="url(#b)"/>'],
  ['a picture within', `<image href="data:image/png;base64,${'A'.repeat(200_000)}"/>`],
  ['a link', '<a href="https://example.com"><text>url(http://a)</text></a>'],
  ['a comment', '<!-- <image href="file:///a"/> -->'],
])('%s is none', (_, parts) => {
  expect(foreignReference(inSvg(parts))).toBeNull()
})

test('a style sheet and an entity of another file are foreign', () => {
  expect(foreignReference(`<?xml-stylesheet href="a.css"?>${inSvg('')}`)).toBe('a.css')
  expect(foreignReference(`<!DOCTYPE svg [<!ENTITY x SYSTEM "b.ent">]>${inSvg('')}`)).toBe('"b.ent"')
})

test.each(['<!--', '<a ', 'url(', '<!ENTITY ', 'href = "', '<?xml-stylesheet '])(
  'a text that repeats %j is read in one go',
  (part) => {
    expect(() => foreignReference(inSvg(part.repeat(100_000)))).not.toThrow()
  },
)
