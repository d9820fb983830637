// The theme button and the user menu, on every page.
(() => {
  const root = document.documentElement;
  const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

  document.getElementById('theme').addEventListener('click', async () => {
    const now = root.dataset.theme ?? (systemIsDark.matches ? 'night' : 'day');
    const value = now === 'night' ? 'day' : 'night';
    await window.cookieStore.set({ name: 'crm_theme', value, path: '/', sameSite: 'lax' });
    const address = new URL(window.location.href);
    address.searchParams.delete('theme');
    // CRM tells widgets its theme only when they ask, so the page is loaded anew.
    if (address.href === window.location.href) window.location.reload();
    else window.location.replace(address);
  });

  const menu = document.getElementById('users');
  document.addEventListener('click', ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
})();
