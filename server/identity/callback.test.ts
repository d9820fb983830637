import { expect, test } from 'vitest';
import { DATA_CENTRES, localDataCentre } from '../zoho/data-centres.ts';
import { callbackDataCentre, startDataCentre } from './callback.ts';

const state = 'x'.repeat(43);
const at = (location: string | undefined, server: string | undefined, table = DATA_CENTRES) =>
  callbackDataCentre(
    {
      state,
      ...(location === undefined ? {} : { location }),
      ...(server === undefined ? {} : { 'accounts-server': server }),
    },
    'us',
    table,
  )?.location ?? null;

test('11: location and accounts server must name the same row of our table', () => {
  expect(at('eu', 'https://accounts.zoho.eu')).toBe('eu');
  expect(at('evil', 'https://accounts.zoho.eu')).toBeNull();
  expect(at('us', 'https://accounts.zoho.eu')).toBeNull();
  expect(at('us', 'https://accounts.zoho.com.evil.example')).toBeNull();
  expect(at('us', 'https://accounts.zoho.com@evil.example')).toBeNull();
  expect(at('us', undefined)).toBeNull();
  expect(at(undefined, 'https://accounts.zoho.com')).toBeNull();
  expect(at('local', 'http://127.0.0.1:3601')).toBeNull();
});

test('without hints it is the data centre the person was sent to', () => {
  expect(at(undefined, undefined)).toBe('us');
});

test('a configured stand-in is known by its address, whatever it calls itself', () => {
  const table = [...DATA_CENTRES, localDataCentre('http://127.0.0.1:3601')];
  expect(at('us', 'http://127.0.0.1:3601', table)).toBe('local');
  expect(at('local', 'http://127.0.0.1:3601', table)).toBe('local');
  expect(at('local', 'http://127.0.0.1:9999', table)).toBeNull();
});

test('the page that frames the widget picks the data centre, and nothing but a row of the table', () => {
  expect(startDataCentre('https://crm.zoho.in', DATA_CENTRES).location).toBe('in');
  expect(startDataCentre('https://crm.zoho.in.evil.example', DATA_CENTRES).location).toBe('us');
  expect(startDataCentre(undefined, [...DATA_CENTRES, localDataCentre('http://127.0.0.1:1')]).location).toBe(
    'local',
  );
});
