import type { PopupWords } from './popup-words.ts';

const AGAIN = 'Schließen Sie dieses Fenster und beginnen Sie in Zoho CRM noch einmal.';

export const GERMAN: PopupWords = {
  language: 'de',
  direction: 'ltr',
  panel: {
    title: 'Mit Zoho anmelden',
    text: 'Customer 360 fragt Zoho, wer Sie sind, damit Sie sehen, was Ihre Rolle sehen darf. Weiter geht es bei Zoho; Ihr Kennwort sehen wir nie.',
  },
  setup: {
    title: 'Customer 360 einrichten',
    text: 'Melden Sie sich als Administrator von Zoho CRM an. Weiter geht es bei Zoho; Ihr Kennwort sehen wir nie.',
  },
  books: {
    title: 'Zoho Books verbinden',
    text: 'Damit darf die Zoho-CRM-Organisation „{organisation}“ Zahlen der Organisationen in Zoho Books zeigen, die Sie öffnen können. Gehen Sie nur weiter, wenn Sie dies selbst begonnen haben.',
  },
  onwards: 'Weiter zu Zoho',
  signedIn: {
    title: 'Angemeldet',
    text: 'Sie können dieses Fenster schließen und in Zoho CRM weitermachen.',
  },
  consented: {
    title: 'Zoho hat geantwortet',
    text: 'Die Seite mit den Einstellungen verbindet nun Zoho Books.',
  },
  nothingConnected: 'Es wurde nichts verbunden.',
  alone: `Dieses Fenster hat die Seite verloren, die es geöffnet hat. ${AGAIN}`,
  typed: {
    how: 'Dieses Fenster kann der Seite in Zoho CRM nichts melden. Wenn Sie dies dort eben selbst begonnen haben, tippen Sie dort diesen Code ein:',
    whose: 'Er meldet {name} von {organisation} an, einmal und binnen zwei Minuten.',
    never: 'Lesen Sie diesen Code niemandem vor und senden Sie ihn niemandem.',
    neverWhy:
      'Wer ihn hat, sieht, was Sie sehen dürfen. Hat Ihnen jemand den Link zu dieser Seite geschickt, schließen Sie sie.',
  },
  refusals: {
    'sign_in.invalid': {
      title: 'Die Anmeldung lässt sich nicht abschließen',
      text: `Der Link ist verbraucht oder zu alt, oder die Einwilligung wurde nicht gegeben. ${AGAIN}`,
    },
    'sign_in.not_installed': {
      title: 'Customer 360 ist für diese Organisation nicht eingerichtet',
      text: 'Bitten Sie einen Administrator Ihres Zoho CRM, Customer 360 zuerst in den Einstellungen einzurichten.',
    },
    'sign_in.not_administrator': {
      title: 'Nur ein Administrator kann Customer 360 einrichten',
      text: 'Bitten Sie einen Administrator Ihres Zoho CRM darum.',
    },
    'sign_in.other_organisation': {
      title: 'Dieser Zoho-Benutzer gehört zu einer anderen Organisation',
      text: 'Bei Zoho ist ein Benutzer einer anderen Organisation angemeldet als auf der Seite, von der Sie kommen. Wechseln Sie bei Zoho den Benutzer und beginnen Sie in Zoho CRM noch einmal.',
    },
    'sign_in.user_not_admitted': {
      title: 'Dieser Benutzer wird nicht zugelassen',
      text: 'Customer 360 lässt aktive, bestätigte Benutzer von Zoho CRM zu. Fragen Sie Ihren Administrator.',
    },
    'sign_in.scopes_missing': {
      title: 'Zoho hat nicht alles gegeben, was erbeten wurde',
      text: 'Beginnen Sie in Zoho CRM noch einmal und nehmen Sie alles an, was Zoho aufführt.',
    },
    'sign_in.other_data_centre': {
      title: 'Dieses Books liegt in einem anderen Rechenzentrum als CRM',
      text: 'Es wurde nichts verbunden. Nehmen Sie das Zoho-Konto, das CRM und Books gemeinsam haben.',
    },
    'crm.unreachable': {
      title: 'Zoho CRM antwortet nicht',
      text: 'Warten Sie einen Augenblick und beginnen Sie in Zoho CRM noch einmal.',
    },
    'crm.rate_limited': {
      title: 'Zoho CRM nimmt vorerst keine Anfragen mehr an',
      text: 'Viele melden sich gerade an. Warten Sie zehn Minuten und beginnen Sie in Zoho CRM noch einmal.',
    },
  },
  refused: () => ({ title: 'Das hat nicht geklappt', text: AGAIN }),
};
