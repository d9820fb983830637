import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

/** One line about the figures below it; they stay usable. */
export function Notice({
  tone,
  icon,
  title,
  children,
}: {
  tone?: 'warn' | 'bad';
  icon: IconName;
  title?: string;
  children?: ReactNode;
}) {
  return (
    <div className={tone ? `notice notice-${tone}` : 'notice'}>
      <Icon name={icon} />
      <div className="notice-text">
        {title && <span className="notice-title">{title} </span>}
        {children}
      </div>
    </div>
  );
}

/** What stands where the figures would be: what it is, why, and the next step. */
export function Standing({
  icon,
  tone,
  title,
  alert,
  children,
  actions,
}: {
  icon: IconName;
  tone?: 'warn' | 'bad';
  title: string;
  /** Announced at once; for what went wrong, not for what is merely so. */
  alert?: boolean;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <section className={tone ? `standing standing-${tone}` : 'standing'} role={alert ? 'alert' : undefined}>
      <span className="standing-picture">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      {children}
      {actions && <div className="standing-actions">{actions}</div>}
    </section>
  );
}
