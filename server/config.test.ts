import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigRefused, exampleEnvironment, readConfig } from './config.ts';

const enough = {
  PUBLIC_URL: 'https://c360.example.com/',
  ZOHO_CLIENT_ID: '1000.A',
  ZOHO_CLIENT_SECRET: 's',
  SECRET_KEYS: `new:${randomBytes(32).toString('base64')},old:${randomBytes(32).toString('base64')}`,
};

test('a server with the four required settings starts, on Zoho only', () => {
  const config = readConfig(enough);
  expect(config.PUBLIC_URL).toBe('https://c360.example.com');
  expect(config.PORT).toBe(3600);
  expect(config.SECRET_KEYS.map(({ id }) => id)).toEqual(['new', 'old']);
  expect(config.dataCentres.map(({ location }) => location)).not.toContain('local');
});

test('everything that is missing or wrong is named at once', () => {
  expect(() =>
    readConfig({ PORT: 'x', SECRET_KEYS: 'a:c2hvcnQ=', PUBLIC_URL: 'http://c360.example.com' }),
  ).toThrow(ConfigRefused);
  try {
    readConfig({ PORT: 'x', SECRET_KEYS: 'a:c2hvcnQ=', PUBLIC_URL: 'http://c360.example.com' });
  } catch (refused) {
    const message = String(refused);
    for (const name of [
      'PORT',
      'SECRET_KEYS',
      'PUBLIC_URL must be https',
      'ZOHO_CLIENT_ID is missing',
      'ZOHO_CLIENT_SECRET is missing',
    ]) {
      expect(message).toContain(name);
    }
    expect(message).not.toContain('c2hvcnQ=');
  }
});

test('a stand-in of Zoho is only taken from this machine', () => {
  expect(
    readConfig({ ...enough, ZOHO_LOCAL_URL: 'http://127.0.0.1:3601' }).dataCentres.at(-1)?.location,
  ).toBe('local');
  for (const elsewhere of [
    'http://zoho.example.com',
    'https://127.0.0.1',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'nonsense',
  ]) {
    expect(() => readConfig({ ...enough, ZOHO_LOCAL_URL: elsewhere })).toThrow(/ZOHO_LOCAL_URL/);
  }
});

test('pages that may read our answers are listed exactly', () => {
  const one = 'https://0f8e2a.zappsusercontent.com';
  expect(readConfig(enough).WIDGET_ORIGINS).toEqual([]);
  expect(readConfig({ ...enough, WIDGET_ORIGINS: `${one}, ${one}:8443` }).WIDGET_ORIGINS).toEqual([
    one,
    `${one}:8443`,
  ]);
  for (const loose of [
    '*',
    'null',
    'https://*.zappsusercontent.com',
    'http://x.example',
    `${one}/`,
    `${one}:443`,
  ])
    expect(() => readConfig({ ...enough, WIDGET_ORIGINS: loose }), loose).toThrow(/WIDGET_ORIGINS/);
});

test('a token that opens the metrics is long, or there is none', () => {
  expect(readConfig(enough).METRICS_TOKEN).toBe('');
  expect(readConfig({ ...enough, METRICS_TOKEN: 'x'.repeat(32) }).METRICS_TOKEN).toBe('x'.repeat(32));
  for (const weak of ['secret', 'x'.repeat(31), `${'x'.repeat(32)} y`])
    expect(() => readConfig({ ...enough, METRICS_TOKEN: weak })).toThrow(/METRICS_TOKEN/);
});

test('.env.example lists every setting as the server knows it', () => {
  expect(readFileSync(new URL('../.env.example', import.meta.url), 'utf8')).toBe(exampleEnvironment());
});
