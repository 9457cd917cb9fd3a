/** One element of ours on a page: its attributes against what it takes, its pins against what the log says of itself. */
import type { Result } from '../../shared/base/result.ts';
import { type ElementName, elements, isElementName, isPinned } from './elements.ts';
import { type Finding, finding } from './finding.ts';
import type { TreeHere, TreeProblem } from './origin-of-widget.ts';
import { addressIn, type Page } from './page.ts';
import type { FoundElement } from './read-page.ts';

export type KnownTree = Result<TreeHere, TreeProblem>;

/** Attributes of any HTML element. */
const global =
  /^(?:lang|id|class|style|slot|part|hidden|title|dir|tabindex|role|translate|exportparts|is|data-.*|aria-.*)$/;

/** Shapes of values that can be judged without a tree. */
const shapes: Readonly<Record<string, RegExp>> = {
  item: /^\d{1,4}$/,
  draw: /^d-\d{4}-w\d{2}(?:-r[2-9])?$/,
  unit: /^[a-z0-9-]{1,32}$/,
  thread: /^[a-z0-9-]{1,32}$/,
  count: /^(?:[1-9]|1\d|20)$/,
  every: /^(?:[5-9]|[1-5]\d|60)$/,
  /** Any language: what has no catalogue is told in English. */
  lang: /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i,
};

/** What stands in the place of a draw for a diary that was brought in. */
const imported = /^i-[a-z0-9-]{1,16}-\d{4}-w\d{2}$/;

/** `tree`: that of its `src`, null where it has none. */
export function checkElement(element: FoundElement, tree: KnownTree | null, page: Page): readonly Finding[] {
  const { name, form, line, closed } = element;
  const tag = form === 'element' ? `sundial-${name}` : `data-sundial="${name}"`;
  if (!isElementName(name)) return [finding('ELEMENT_UNKNOWN', line, { name: tag })];
  return [
    ...(closed ? [] : [finding('ELEMENT_OPEN', line, { name: tag })]),
    ...attributesOf(element, name, tag, page),
    ...(tree?.ok ? [...idsOf(element, tree.value, tag), ...pinsOf(element, name, tree.value, tag)] : []),
  ];
}

function attributesOf({ attributes, line }: FoundElement, name: ElementName, tag: string, page: Page): Finding[] {
  const { needs, takes } = elements[name];
  const known = new Set(['src', ...needs, ...takes]);
  const src = attributes.get('src')?.trim() ?? '';
  return [
    ...['src', ...needs]
      .filter((need) => (attributes.get(need)?.trim() ?? '') === '')
      .map((need) => finding('ATTRIBUTE_MISSING', line, { name: tag, value: need })),
    ...(src !== '' && addressIn(src, page.base) === null
      ? [finding('ATTRIBUTE_WRONG', line, { name: tag, value: `src="${src}"` })]
      : []),
    ...[...attributes].flatMap(([attribute, value]) => {
      if (!known.has(attribute) && !global.test(attribute))
        return [finding('ATTRIBUTE_UNKNOWN', line, { name: tag, value: attribute })];
      const shape = known.has(attribute) || attribute === 'lang' ? shapes[attribute] : undefined;
      const isOld = attribute === 'draw' && name !== 'draw' && imported.test(value.trim());
      const isWrong = shape !== undefined && value.trim() !== '' && !isOld && !shape.test(value.trim());
      return isWrong ? [finding('ATTRIBUTE_WRONG', line, { name: tag, value: `${attribute}="${value}"` })] : [];
    }),
  ];
}

/** Units and threads that the tree does not have. */
function idsOf({ attributes, line }: FoundElement, { index }: TreeHere, tag: string): Finding[] {
  const there = { unit: index.units, thread: index.threads } as const;
  return (['unit', 'thread'] as const).flatMap((attribute) => {
    const value = attributes.get(attribute)?.trim() ?? '';
    return value === '' || !shapes[attribute]?.test(value) || there[attribute].some(({ id }) => id === value)
      ? []
      : [finding('ATTRIBUTE_WRONG', line, { name: tag, value: `${attribute}="${value}"` })];
  });
}

/** Of two pins one may be of yesterday or of tomorrow; one must be of today. */
function pinsOf({ attributes, line }: FoundElement, name: ElementName, { index }: TreeHere, tag: string): Finding[] {
  const { vkey, organiser } = index.pins;
  if (!isPinned(name) || organiser === null) return [];
  return (
    [
      ['vkey', vkey],
      ['organiser', organiser],
    ] as const
  ).flatMap(([attribute, stated]) => {
    const today = words(stated);
    const given = words(attributes.get(attribute) ?? '');
    const wanted = today.join(' ');
    if (given.length === 0) return [finding('PIN_MISSING', line, { name: tag, value: attribute, wanted })];
    if (given.length > 2 || !given.some((pin) => today.includes(pin)))
      return [finding('PIN_WRONG', line, { name: tag, value: `${attribute}="${given.join(' ')}"`, wanted })];
    const others = given.filter((pin) => !today.includes(pin));
    return others.map((pin) => finding('PIN_OTHER', line, { name: tag, value: `${attribute}="${pin}"`, wanted }));
  });
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
