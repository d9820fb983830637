import { describe, expect, it } from 'vitest';
import { aLinked, aNotLinked } from '../../tests/gallery/sample-answers.ts';
import { ProblemError } from '../api/problem-error.ts';
import { panelState } from './panel-state.ts';

type Known = Parameters<typeof panelState>[0];
const nothing: Known = {
  crm: { state: 'record', module: 'Accounts', recordId: '1' },
  session: { state: 'signed_in', userName: 'Remy' },
  answer: undefined,
  error: null,
  running: false,
  finished: false,
  nextAt: null,
};
const shown = (known: Partial<Known>) => panelState({ ...nothing, ...known });
const away = new ProblemError('widget.offline');

describe('what CRM says comes first', () => {
  it.each([
    ['connecting', 'loading'],
    ['silent', 'crm_silent'],
    ['foreign_host', 'foreign_host'],
    ['no_record', 'no_record'],
  ] as const)('%s is shown as %s, signed in or not', (state, picture) => {
    expect(shown({ crm: { state } }).state).toBe(picture);
    expect(shown({ crm: { state }, session: { state: 'signed_out', why: 'not_yet' } }).state).toBe(picture);
  });

  it('a module without figures is named', () => {
    expect(shown({ crm: { state: 'unsupported_module', module: 'Leads' } })).toEqual({
      state: 'unsupported_module',
      module: 'Leads',
    });
  });
});

describe('then who is signed in', () => {
  it('nothing is shown before that is known, and a deal waits with a ladder', () => {
    const deal = { state: 'record', module: 'Deals', recordId: '1' } as const;
    expect(shown({ crm: deal, session: { state: 'resuming' } })).toEqual({ state: 'loading', onDeal: true });
  });

  it.each(['not_yet', 'ended', 'not_kept', 'other_person'] as const)(
    'signed out (%s) asks to sign in',
    (why) => {
      expect(shown({ session: { state: 'signed_out', why }, answer: aLinked() })).toEqual({
        state: 'sign_in',
        why,
      });
    },
  );

  it('a server that cannot say is a problem, not a sign-out', () => {
    expect(shown({ session: { state: 'unknown', problem: away, since: 0 } })).toMatchObject({
      state: 'problem',
      problem: { code: 'widget.offline', fix: 'wait' },
    });
  });
});

describe('then the answer', () => {
  it('loading, until there is one or a problem', () => {
    expect(shown({}).state).toBe('loading');
    expect(shown({ error: new ProblemError('books.not_connected', { requestId: 'r-1' }) })).toMatchObject({
      state: 'problem',
      problem: { code: 'books.not_connected', fix: 'administrator', requestId: 'r-1' },
    });
  });

  it('figures once shown outlive the failure of the next question', () => {
    const nextAt = new Date(0);
    expect(shown({ answer: aLinked(), error: away, nextAt })).toMatchObject({
      state: 'figures',
      refresh: { problem: { code: 'widget.offline', retryAt: nextAt } },
    });
  });

  it('no link is a state, not a problem', () => {
    expect(shown({ answer: aNotLinked() }).state).toBe('not_linked');
  });

  it('a customer whose turn is still to come says when, until something else is known', () => {
    const { record, today, viewer } = aNotLinked();
    const answer = { record, today, viewer, state: 'filling', refetchAfterSeconds: 40 } as const;
    const nextAt = new Date(40_000);
    expect(shown({ answer, nextAt })).toEqual({ state: 'filling', at: nextAt });
    expect(shown({ answer, error: away }).state).toBe('problem');
  });

  it('an error of our own is explained as one', () => {
    expect(shown({ error: new TypeError('x is not a function') })).toMatchObject({
      problem: { code: 'widget.unreadable', fix: 'us' },
    });
  });
});
