import { expect } from '@playwright/test';

/** What a person sees, sooner or later: on a busy machine a page takes its time. */
export const seen = expect.configure({ timeout: 15_000 });
