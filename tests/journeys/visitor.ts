import AxeBuilder from '@axe-core/playwright';
import type { Browser, FrameLocator, Page } from '@playwright/test';
import type { Person } from '../sandbox/demo/people.ts';
import type { Product } from '../support/product.ts';
import { seen } from './seen.ts';

type Module = 'accounts' | 'deals' | 'contacts';

interface Look {
  /** Width of the widget area in px; absent: as wide as the page gives. */
  readonly width?: number;
  readonly theme?: 'day' | 'night';
  /** Misbehaviour of the CRM page, e.g. `sdk=silent`. */
  readonly host?: string;
}

/** Somebody at the CRM page, who speaks in what they do and see. */
export interface Visitor {
  readonly page: Page;
  readonly panel: FrameLocator;
  /** Console errors and warnings, failed scripts: none is ever right. */
  readonly complaints: readonly string[];
  opens(module: Module, id: string, look?: Look): Promise<void>;
  opensSettings(look?: Look): Promise<void>;
  signsIn(who: Pick<Person, 'name'>): Promise<void>;
  /** Becomes somebody else in CRM itself. */
  switchesTo(who: Pick<Person, 'id'>): Promise<void>;
  /** The figure by its name, as its whole text. */
  figure(name: string): Promise<string>;
  /** Accessibility faults of the widget, by rule. */
  faults(): Promise<readonly string[]>;
  leaves(): Promise<void>;
}

/** What the browser says by itself about an answer we expect: nobody is signed in yet. */
const EXPECTED = [/401 \(Unauthorized\)/];

export async function visitor(
  browser: Browser,
  product: Product,
  options: { expect?: readonly RegExp[]; dark?: boolean } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 1000 },
    colorScheme: options.dark ? 'dark' : 'light',
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const allowed = [...EXPECTED, ...(options.expect ?? [])];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (said) => {
    if (!['error', 'warning'].includes(said.type())) return;
    if (!allowed.some((pattern) => pattern.test(said.text()))) complaints.push(said.text());
  });
  const panel = page.frameLocator('#widget');

  const address = (path: string, { width, theme, host }: Look = {}): string => {
    const query = new URLSearchParams(host ?? '');
    if (width) query.set('width', String(width));
    if (theme) query.set('theme', theme);
    const text = query.toString();
    return `${product.crm}${path}${text ? `?${text}` : ''}`;
  };

  return {
    page,
    panel,
    complaints,
    async opens(module, id, look) {
      await page.goto(address(`/${module}/${id}`, look));
    },
    async opensSettings(look) {
      await page.goto(address('/settings', look));
    },
    async signsIn({ name }) {
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        panel.getByRole('button', { name: /sign in with zoho/i }).click(),
      ]);
      await popup.getByRole('link', { name: /continue to zoho/i }).click();
      const closed = popup.waitForEvent('close');
      await popup.getByRole('button', { name: new RegExp(name) }).click();
      await closed;
    },
    async switchesTo({ id }) {
      await context.addCookies([{ name: 'crm_user', value: id, url: product.crm }]);
    },
    async figure(name) {
      const figure = panel.locator('dl.figures > .figure').filter({ hasText: new RegExp(`^${name}`) });
      await seen(figure).toBeVisible();
      return (await figure.innerText()).replaceAll(/\s+/g, ' ');
    },
    async faults() {
      const { violations } = await new AxeBuilder({ page }).include('#widget').analyze();
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
    },
    leaves: () => context.close(),
  };
}
