import { expect, test } from 'vitest'
import { decodeAs, guessEncoding } from '../../../src/jobs/assets/guess-encoding.js'

/** Encodes by looking up every pair of bytes that the decoder of the platform knows. */
function encode(text: string, encoding: Parameters<typeof decodeAs>[0]): Buffer {
  const bytes = new Map<string, number[]>()
  const add = (found: number[]) => {
    const character = decodeAs(encoding, Buffer.from(found))
    if (Array.from(character).length === 1 && !bytes.has(character)) bytes.set(character, found)
  }
  for (let first = 0; first < 256; first += 1) add([first])
  for (let first = 0x81; first < 255; first += 1) {
    for (let second = 0x40; second < 255; second += 1) add([first, second])
  }
  return Buffer.from(Array.from(text).flatMap((character) => bytes.get(character) ?? []))
}

const TEXTS = [
  ['windows-1252', 'Ça alors, mon garçon ! Où étais-tu passé ? – À la forêt, là-bas.'],
  ['windows-1252', '¿Dónde está el niño? Mañana será otro día, señor.'],
  ['windows-1252', 'Er hört schöne Töne und größere Füße. „Ja“, sagte er.'],
  ['windows-1252', 'Det är så här på svenska. Å, vad skönt! Ære være København, sagde hun på øen.'],
  ['windows-1250', 'Zażółć gęślą jaźń. Jestem tu, proszę pana, i będę później.'],
  ['windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy. Už jsem říkal, že přijdu.'],
  ['windows-1250', 'Nagyon örülök, hogy eljött. Őrült ötlet volt, de működött. Hűvös idő.'],
  ['windows-1254', 'Şimdi ne yapacağız? Çok güzel bir gün, değil mi? Işık açık.'],
  ['windows-1251', 'Привет! Как дела? Я давно тебя не видел. Где ты был всё это время?'],
  ['windows-1251', 'Здравейте, как сте? Отдавна не сме се виждали. Къде бяхте?'],
  ['koi8-r', 'Привет! Как дела? Я давно тебя не видел. Где ты был всё это время?'],
  ['windows-1253', 'Καλημέρα! Τι κάνεις; Έχω πολύ καιρό να σε δω. Πού ήσουν;'],
  ['windows-1255', 'שלום! מה שלומך? לא ראיתי אותך הרבה זמן. איפה היית?'],
  ['windows-1256', 'مرحبا! كيف حالك؟ لم أرك منذ وقت طويل. أين كنت؟'],
  ['windows-874', 'สวัสดีครับ สบายดีไหม ผมไม่ได้เจอคุณนานแล้ว คุณไปไหนมา'],
  ['shift_jis', 'こんにちは。元気ですか。ずいぶん会っていませんね。どこにいたのですか。'],
  ['euc-jp', 'こんにちは。元気ですか。ずいぶん会っていませんね。どこにいたのですか。'],
  ['euc-kr', '안녕하세요? 잘 지냈어요? 오랫동안 못 봤네요. 그동안 어디에 있었어요?'],
  ['gb18030', '你好吗？我很久没有见到你了。这些日子你在哪里？他们说你不会来了。'],
  ['big5', '你好嗎？我很久沒有見到你了。這些日子你在哪裡？他們說你不會來了。'],
] as const

test.each(TEXTS)('%s: %s', (encoding, text) => {
  const bytes = encode(`1\n00:00:01,000 --> 00:00:02,000\n${text}\n`, encoding)
  const guess = guessEncoding(bytes)
  expect(guess && decodeAs(guess.encoding, bytes)).toContain(text)
})

test('random bytes are no text', () => {
  const bytes = Buffer.from(
    Array.from({ length: 4096 }, (_, index) => (index * index * 31 + index * 7) % 256),
  )
  expect(guessEncoding(bytes)).toBeNull()
})
