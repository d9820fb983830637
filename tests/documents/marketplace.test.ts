/** What is handed to the Marketplace is complete, names what exists, and says nothing of a person. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleEnvironment } from '../../server/config.ts';
import { ROOT } from '../support/run.ts';

const file = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const FOLDER = 'docs/marketplace';
const texts = readdirSync(join(ROOT, FOLDER)).filter((name) => /\.(md|dg)$/.test(name));

test('each point of the review has evidence, and all of it is there', () => {
  const rows = file(`${FOLDER}/review.md`)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| Point') && !line.startsWith('| ---'));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const named = [...(row.split('|')[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    expect(named.length, row).toBeGreaterThan(0);
    expect(
      named.filter((name) => !existsSync(join(ROOT, name))),
      row,
    ).toEqual([]);
  }
});

test('links between documents lead somewhere', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'docs/deployment.md'];
  for (const page of [...pages, ...texts.map((name) => `${FOLDER}/${name}`)])
    for (const [, to = ''] of file(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      expect(existsSync(join(ROOT, page, '..', to)), `${page} → ${to}`).toBe(true);
});

test('no person, no address of one, and nothing left to be filled in', () => {
  for (const name of texts) {
    const text = file(`${FOLDER}/${name}`);
    expect(text, name).not.toMatch(
      /[\w.]+@[\w-]+\.[a-z]+|\+\d[\d ]{6,}|lorem|\bTODO\b|\bTBD\b|<[A-Z][^>]*>|\{\{/,
    );
  }
});

test('the steps in the console name pages the server has and settings it knows', () => {
  const steps = file(`${FOLDER}/console-steps.md`);
  const pages = [...steps.matchAll(/\/widgets\/([a-z]+\.html)/g)].map(([, page = '']) => page);
  expect(new Set(pages)).toEqual(
    new Set(readdirSync(join(ROOT, 'app/widgets')).filter((name) => name.endsWith('.html'))),
  );
  for (const module of ['Accounts', 'Deals', 'Contacts']) expect(steps).toContain(module);
  for (const name of ['PUBLIC_URL', 'ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'WIDGET_ORIGINS']) {
    expect(steps).toContain(name);
    expect(exampleEnvironment()).toContain(`${name}=`);
  }
  expect(file('server/http/routes/auth.ts')).toContain("'/auth/callback'");
});

describe('the scripts of the extension', () => {
  const [install, uninstall] = [file(`${FOLDER}/install.dg`), file(`${FOLDER}/uninstall.dg`)];
  const code = (text: string): string => text.replace(/^\s*\/\/.*$/gm, '');

  test('installing sends nothing anywhere, and does its work once', () => {
    expect(code(install)).not.toMatch(/invokeurl|getUrl|postUrl|sendmail/i);
    expect(code(install)).toContain('installParamMap.get("isInstall") == true');
  });

  test('uninstalling calls only the address it was given, over TLS, and says nothing with it', () => {
    expect(code(uninstall)).not.toMatch(/https?:\/\/[a-z]/i);
    expect(code(uninstall)).toContain('address.startsWith("https://")');
    expect(code(uninstall)).toMatch(/url :address\s+type :POST\s+parameters:"\{\}"/);
    expect(code(uninstall)).not.toMatch(/getRecord|loginuser|adminuser|Amount|Email/i);
    const [, variable = ''] = /getOrgVariable\("([a-z0-9_]+)"\)/.exec(uninstall) ?? [];
    expect(file(`${FOLDER}/console-steps.md`)).toContain(`\`${variable}\``);
  });

  test('braces, brackets and quotes close', () => {
    for (const text of [code(install), code(uninstall)])
      for (const [open, close] of ['{}', '()', '[]'])
        expect(text.split(open ?? '').length).toBe(text.split(close ?? '').length);
  });
});

test('widgets print nothing to the console', () => {
  const printing = readdirSync(join(ROOT, 'widgets'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /\bconsole\.|\bdebugger\b/.test(readFileSync(path, 'utf8')));
  expect(printing).toEqual([]);
});
