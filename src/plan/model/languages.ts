/**
 * Languages that have a two-letter code (ISO 639-1), each with its three-letter code (ISO 639-2, terminological) and,
 * where that differs, the bibliographic one.
 */
const CODES =
  'aa aar,ab abk,ae ave,af afr,ak aka,am amh,an arg,ar ara,as asm,av ava,ay aym,az aze,ba bak,be bel,bg bul,bi bis,' +
  'bm bam,bn ben,bo bod tib,br bre,bs bos,ca cat,ce che,ch cha,co cos,cr cre,cs ces cze,cu chu,cv chv,cy cym wel,' +
  'da dan,de deu ger,dv div,dz dzo,ee ewe,el ell gre,en eng,eo epo,es spa,et est,eu eus baq,fa fas per,ff ful,fi fin,' +
  'fj fij,fo fao,fr fra fre,fy fry,ga gle,gd gla,gl glg,gn grn,gu guj,gv glv,ha hau,he heb,hi hin,ho hmo,hr hrv,' +
  'ht hat,hu hun,hy hye arm,hz her,ia ina,id ind,ie ile,ig ibo,ii iii,ik ipk,io ido,is isl ice,it ita,iu iku,ja jpn,' +
  'jv jav,ka kat geo,kg kon,ki kik,kj kua,kk kaz,kl kal,km khm,kn kan,ko kor,kr kau,ks kas,ku kur,kv kom,kw cor,' +
  'ky kir,la lat,lb ltz,lg lug,li lim,ln lin,lo lao,lt lit,lu lub,lv lav,mg mlg,mh mah,mi mri mao,mk mkd mac,ml mal,' +
  'mn mon,mr mar,ms msa may,mt mlt,my mya bur,na nau,nb nob,nd nde,ne nep,ng ndo,nl nld dut,nn nno,no nor,nr nbl,' +
  'nv nav,ny nya,oc oci,oj oji,om orm,or ori,os oss,pa pan,pi pli,pl pol,ps pus,pt por,qu que,rm roh,rn run,' +
  'ro ron rum,ru rus,rw kin,sa san,sc srd,sd snd,se sme,sg sag,si sin,sk slk slo,sl slv,sm smo,sn sna,so som,' +
  'sq sqi alb,sr srp,ss ssw,st sot,su sun,sv swe,sw swa,ta tam,te tel,tg tgk,th tha,ti tir,tk tuk,tl tgl,tn tsn,' +
  'to ton,tr tur,ts tso,tt tat,tw twi,ty tah,ug uig,uk ukr,ur urd,uz uzb,ve ven,vi vie,vo vol,wa wln,wo wol,xh xho,' +
  'yi yid,yo yor,za zha,zh zho chi,zu zul'

const ROWS = CODES.split(',').map((row) => row.split(' '))

const TO_TWO = new Map(ROWS.flatMap(([two = '', ...threes]) => threes.map((three) => [three, two] as const)))

const TO_THREE = new Map(ROWS.map(([two = '', three = '']) => [two, three] as const))

/** The language of a tag without its region and script, by two letters where it has such a code: `pt` for `pt-BR`. */
export function primaryLanguage(tag: string): string {
  const [main = ''] = tag.toLowerCase().split('-', 1)
  return TO_TWO.get(main) ?? main
}

/** The same by the three letters that MP4 and Matroska have; null: the language has none. */
export function threeLetterLanguage(tag: string): string | null {
  const main = primaryLanguage(tag)
  return TO_THREE.get(main) ?? (/^[a-z]{3}$/.test(main) ? main : null)
}

/** The tag by BCP 47, which has three letters only where there are no two; null: the file does not say. */
export function languageTag(marked: string | null): string | null {
  if (marked === null || /^(und|mis|mul|zxx)?$/i.test(marked)) return null
  const [, ...rest] = marked.split('-')
  return [primaryLanguage(marked), ...rest].join('-')
}

/** What speakers of a language call it: `Deutsch` for `de`. The tag itself where that is not known. */
export function ownName(tag: string): string {
  try {
    const name =
      new Intl.DisplayNames([tag], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
  } catch {
    // The tag has the form of one, but no such language.
    return tag
  }
}
