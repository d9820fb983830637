import type { PopupWords } from './popup-words.ts';

const AGAIN = 'أغلق هذه النافذة وابدأ من جديد من Zoho CRM.';

export const ARABIC: PopupWords = {
  language: 'ar',
  direction: 'rtl',
  panel: {
    title: 'تسجيل الدخول عبر Zoho',
    text: 'يسأل Customer 360 خدمة Zoho عن هويتك لترى ما يجوز لدورك رؤيته. تتابع لدى Zoho؛ ولا نرى كلمة مرورك أبدًا.',
  },
  setup: {
    title: 'تجهيز Customer 360',
    text: 'سجّل الدخول بصفة مسؤول في Zoho CRM. تتابع لدى Zoho؛ ولا نرى كلمة مرورك أبدًا.',
  },
  books: {
    title: 'ربط Zoho Books',
    text: 'يتيح هذا لمؤسسة Zoho CRM «{organisation}» عرض أرقام مؤسسات Zoho Books التي يمكنك فتحها. لا تتابع إلا إذا بدأت هذا بنفسك.',
  },
  onwards: 'المتابعة إلى Zoho',
  signedIn: { title: 'تم تسجيل الدخول', text: 'يمكنك إغلاق هذه النافذة والمتابعة في Zoho CRM.' },
  consented: { title: 'أجاب Zoho', text: 'تربط صفحة الإعدادات Zoho Books الآن.' },
  nothingConnected: 'لم يُربط شيء.',
  alone: `فقدت هذه النافذة الصفحة التي فتحتها. ${AGAIN}`,
  typed: {
    how: 'لا تستطيع هذه النافذة إبلاغ الصفحة في Zoho CRM. إن كنت قد بدأت هذا هناك بنفسك قبل لحظات، فاكتب هذا الرمز هناك:',
    whose: 'يسجّل دخول {name} من {organisation} مرة واحدة خلال دقيقتين.',
    never: 'لا تقرأ هذا الرمز لأحد ولا ترسله أبدًا.',
    neverWhy: 'من يملكه يرى ما يجوز لك رؤيته. إن أرسل إليك أحد رابط هذه الصفحة فأغلقها.',
  },
  refusals: {
    'sign_in.invalid': {
      title: 'تعذّر إكمال تسجيل الدخول',
      text: `الرابط مستعمل أو قديم جدًا، أو لم تُمنح الموافقة. ${AGAIN}`,
    },
    'sign_in.not_installed': {
      title: 'لم يُجهَّز Customer 360 لهذه المؤسسة',
      text: 'اطلب من مسؤول Zoho CRM لديك تجهيز Customer 360 أولًا من الإعدادات.',
    },
    'sign_in.not_administrator': {
      title: 'لا يجهّز Customer 360 إلا مسؤول',
      text: 'اطلب ذلك من مسؤول Zoho CRM لديك.',
    },
    'sign_in.other_organisation': {
      title: 'مستخدم Zoho هذا من مؤسسة أخرى',
      text: 'المستخدم المسجّل في Zoho من مؤسسة غير مؤسسة الصفحة التي أتيت منها. بدّل المستخدم في Zoho ثم ابدأ من جديد من Zoho CRM.',
    },
    'sign_in.user_not_admitted': {
      title: 'هذا المستخدم غير مقبول',
      text: 'يقبل Customer 360 مستخدمي Zoho CRM النشطين المؤكدين. اسأل المسؤول لديك.',
    },
    'sign_in.scopes_missing': {
      title: 'لم يمنح Zoho كل ما طُلب',
      text: 'ابدأ من جديد من Zoho CRM واقبل كل ما يعرضه Zoho.',
    },
    'sign_in.other_data_centre': {
      title: 'هذا Books في مركز بيانات غير الذي فيه CRM',
      text: 'لم يُربط شيء. استخدم حساب Zoho المشترك بين CRM وBooks.',
    },
    'crm.unreachable': {
      title: 'Zoho CRM لا يرد',
      text: 'انتظر لحظة ثم ابدأ من جديد من Zoho CRM.',
    },
    'crm.rate_limited': {
      title: 'لا يقبل Zoho CRM طلبات أخرى الآن',
      text: 'كثيرون يسجّلون الدخول الآن. انتظر عشر دقائق ثم ابدأ من جديد من Zoho CRM.',
    },
  },
  refused: () => ({ title: 'لم ينجح ذلك', text: AGAIN }),
};
