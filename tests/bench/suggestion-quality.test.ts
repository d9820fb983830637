import { expect, it } from 'vitest';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import {
  byNameAndAmount,
  MEASURED,
  newestFirst,
  ours,
  oursFromLists,
  oursFromPages,
  oursWithoutAmounts,
  suggestionQuality,
} from './suggestion-quality.ts';

const organisation = demoOrganisation(MEASURED);
const of = (ranker: typeof ours) => suggestionQuality(organisation, MEASURED.today, ranker);

it('on an organisation the points were not chosen on, the right document is first for 70 % and among three for 90 %', () => {
  const quality = of(ours);
  expect(quality.documents).toBeGreaterThan(50);
  expect(quality.amongFirstThree).toBeGreaterThanOrEqual(0.9);
  expect(quality.first).toBeGreaterThanOrEqual(0.7);
});

it('so it is before any document’s own page has been read', () => {
  const quality = of(oursFromLists);
  expect(quality.amongFirstThree).toBeGreaterThanOrEqual(0.9);
  expect(quality.first).toBeGreaterThanOrEqual(0.7);
});

it('people who see no amounts find it among three as often, though less often first', () => {
  const quality = of(oursWithoutAmounts);
  expect(quality.amongFirstThree).toBeGreaterThanOrEqual(0.9);
  expect(quality.first).toBeLessThan(of(ours).first);
});

it('what documents’ own pages tell makes it better, not worse', () => {
  expect(of(oursFromPages).first).toBeGreaterThan(of(ours).first);
});

it('the measure tells rankings apart: matching by name and amount and the newest first fall short of it', () => {
  const quality = of(ours);
  for (const peer of [byNameAndAmount, newestFirst]) {
    expect(of(peer).documents).toBe(quality.documents);
    expect(of(peer).first).toBeLessThan(quality.first);
    expect(of(peer).amongFirstThree).toBeLessThan(0.9);
  }
});
