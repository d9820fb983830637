import { type Translate, textOr } from '../../ui/catalogue.ts';

/** What the log holds are codes and ids, for good; these are the words for them. A code without words is shown itself. */

const TROUBLE = /^(accounts|crm|books)_(unreachable|rate_limited|refused|revoked|unreadable)$/;
const RECORD = /^(Accounts|Contacts|Deals)\/(.+)$/;
/** Long random ids are cut here; the whole stands in the title. */
const SHORT_ID = 8;

/** How something ended. Several codes are told one after the other. */
export const outcomeWords = (t: Translate, outcome: string): string =>
  outcome
    .split(/[ ,]/)
    .map((code) => codeWords(t, code))
    .join(', ');

function codeWords(t: Translate, code: string): string {
  const removed = /^removed_(\d+)$/.exec(code)?.[1];
  if (removed !== undefined) return t('audit.outcome.removed_entries', { n: Number(removed) });
  const [, service, kind] = TROUBLE.exec(code) ?? [];
  if (service && kind)
    return `${textOr(t, `audit.service.${service}`, service)}: ${textOr(t, `audit.outcome.${kind}`, kind)}`;
  const [state, reason] = code.split(':');
  if (state === 'not_yet' && reason)
    return `${t('audit.outcome.not_yet')} (${textOr(t, `audit.outcome.${reason}`, reason)})`;
  if (RECORD.test(code)) return partWords(t, code);
  return textOr(t, `audit.outcome.${code}`, textOr(t, `problem.${code}`, code));
}

/** On what something was done: a word for each kind of id, with the id. */
export const subjectWords = (t: Translate, subject: string): string =>
  subject
    .split(' ')
    .filter((part) => part !== 'as')
    .map((part) => partWords(t, part))
    .join(' · ');

function partWords(t: Translate, part: string): string {
  if (part.startsWith('/')) return t('audit.subject.settings');
  const [kind = '', ...ids] = part.split('/');
  const id = ids.at(-1);
  if (id === undefined) return textOr(t, `audit.subject.${kind}`, part);
  const [, module] = RECORD.exec(part) ?? [];
  if (module) return `${textOr(t, `preview.module.${module}`, module)} ${id}`;
  switch (kind) {
    case 'setup':
      return textOr(t, `setup.step.${id}`, part);
    case 'policy':
    case 'definitions':
      return t('audit.subject.version', { id });
    case 'sessions':
      return t('audit.subject.session', { id: id.slice(0, SHORT_ID) });
    case 'entries':
      return t('audit.subject.entries', { id });
    case 'roles':
      return t('audit.subject.role', { id });
    case 'profiles':
      return t('audit.subject.profile', { id });
    case 'Books':
      return t(ids.length > 1 ? 'audit.subject.customer' : 'audit.subject.books_of', { id });
    case 'settings':
      return textOr(t, `audit.subject.settings.${id}`, part);
    case 'sign-in':
      return ids.length > 1
        ? t('audit.subject.user', { id })
        : textOr(t, `audit.subject.sign_in.${id}`, part);
    default:
      return `${textOr(t, `document.type.${kind}`, kind)} ${id}`;
  }
}
