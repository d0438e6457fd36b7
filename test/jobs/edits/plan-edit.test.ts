import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ASSET_NAME_PATTERN } from '../../../src/edit/limits.js'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import { propertiesOf } from '../../../src/http/openapi/json-schema.js'
import { createAsset, getAsset } from '../../../src/jobs/assets/assets.js'
import { assetNames, otherVideoIds } from '../../../src/jobs/edits/files-read.js'
import { LOCAL_OWNER } from '../../../src/jobs/model.js'
import { operationForms } from '../../docs/edits-page.js'
import { EXAMPLES } from '../../docs/examples.js'
import { shippedFont } from '../../support/font-file.js'
import { textOverlay } from '../../support/overlays.js'
import { CLIP, edited, IMAGE, ladder, MARK, mediaFacts, TRIM } from '../../support/plan-facts.js'
import { burned, srt } from '../../support/subtitles.js'
import { planEdit } from '../plan-job.js'
import { useWorld } from '../world.js'

const world = useWorld()

const SUBMITTED = { owner: LOCAL_OWNER, assetIds: null }

describe('the assets that an edit reads', () => {
  test('are those of watermarks, images and clips, each listed once', () => {
    const other = { ...MARK, watermark_path: 'other.png' }
    expect(assetNames({ operations: [TRIM, MARK, IMAGE, CLIP, other, MARK] })).toEqual([
      'logo.png',
      'clip.mp4',
      'other.png',
    ])
  })

  test('are files of subtitles', () => {
    expect(assetNames({ operations: [burned('film.srt'), burned('film.srt')] })).toEqual(['film.srt'])
  })

  test('are the font of a text, but not what the text says', () => {
    expect(assetNames({ operations: [textOverlay({ content: 'logo.png' })] })).toEqual([])
    expect(assetNames({ operations: [textOverlay({ content: 'logo.png', font: 'brand.ttf' })] })).toEqual([
      'brand.ttf',
    ])
  })

  const fields = operationForms().flatMap(({ type, schema }) =>
    Object.entries(propertiesOf(schema))
      .filter(([, field]) => mentions(field, ASSET_NAME_PATTERN.source))
      .map(([field]) => [type, field] as const),
  )

  test.each(fields)('include the asset of every field whose schema takes one: %s, %s', (type, field) => {
    // An overlay's fields depend on its kind.
    const forms = ['text', 'image', 'video'].map((overlay_type) => {
      // The items of a concat name theirs.
      const value = field === 'videos' ? [{ image: 'named.asset' }] : 'named.asset'
      const operation: object = { type, overlay_type, font: null, videos: [], [field]: value }
      return operation as Operation
    })
    expect(assetNames({ operations: forms })).toContain('named.asset')
  })
})

test('every id of another video that the schemas take is among the videos that an edit reads', () => {
  const types = operationForms().flatMap(({ type, schema }) => (mentions(schema, 'uuid') ? [type] : []))
  const examples = Object.values(EXAMPLES).map(({ operation }) => operation as object as Operation)
  const reading = examples.filter((operation) => otherVideoIds([operation]).length > 0)
  expect(reading.map(({ type }) => type)).toEqual(types)
})

function mentions(schema: object, value: string): boolean {
  return JSON.stringify(schema).includes(JSON.stringify(value).slice(1, -1))
}

describe('the plan of a job', () => {
  test('puts the outputs under the prefix, each with its name', async () => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const plan = await planEdit(
      world().deps,
      { ...SUBMITTED, edit: ladder('480p', '240p') },
      video,
      'processed/x/',
    )
    expect(plan.outputs.map(({ key }) => key)).toEqual(['processed/x/480p.mp4', 'processed/x/240p.mp4'])
  })

  test('has the text of subtitles', async () => {
    const { deps } = world()
    const video = await world().addVideo({ facts: mediaFacts() })
    const file = await world().receive(srt([1, 2, 'Hello']))
    await createAsset(deps, LOCAL_OWNER, { name: 'film.srt', file })
    const plan = await planEdit(deps, { ...SUBMITTED, edit: edited(burned('film.srt')) }, video, 'x/')
    const files = plan.passes.flatMap(({ sideFiles }) => sideFiles)
    expect(files.map(({ contents }) => contents).join('')).toContain('Hello')
  })

  test('fills in the defaults of fields that an older version does not have', async () => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const text = textOverlay({ content: 'x', position_x: 4, position_y: 5 })
    const { anchor, fade_in, fade_out, opacity, rotation, ...older } = text
    expect([anchor, fade_in, fade_out, opacity, rotation]).toEqual(['top-left', 0, 0, 1, 0])
    const edit = JSON.parse(JSON.stringify(edited(older as typeof text))) as Edit
    const plans = [edited(text), edit].map((one) =>
      planEdit(world().deps, { ...SUBMITTED, edit: one }, video, 'x/'),
    )
    const [plan, olderPlan] = await Promise.all(plans)
    expect(plan?.outputs.length).toBeGreaterThan(0)
    expect(olderPlan).toEqual(plan)
  })

  test('reads the fonts that it uses', async () => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const planned = () =>
      planEdit(world().deps, { ...SUBMITTED, edit: edited(textOverlay({ font: 'brand.ttf' })) }, video, 'x/')
    const place = async (bytes: Buffer) => {
      const dir = await world().deps.workFolders.create('placed')
      await writeFile(join(dir, 'font'), bytes)
      await world().deps.storage.putFile('assets/brand.ttf', join(dir, 'font'), 'replace')
    }
    await place(shippedFont('NotoSans_700Bold.ttf'))
    const plan = await planned()
    const { filePath: key } = await getAsset(world().deps, LOCAL_OWNER, 'brand.ttf')
    expect(plan.passes[0]?.fonts).toEqual([{ folder: 'font-0', key }])
    expect(plan.passes[0]?.sideFiles[0]?.contents).toContain('\\b700')
    await place(Buffer.from('0001000000', 'hex'))
    await expect(planned()).rejects.toMatchObject({ code: 'unsupported-media' })
  })

  test('needs every asset', async () => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const planning = planEdit(world().deps, { ...SUBMITTED, edit: edited(MARK) }, video, 'x/')
    await expect(planning).rejects.toMatchObject({ code: 'asset-not-found' })
  })
})
