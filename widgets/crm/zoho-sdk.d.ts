/**
 * What we use of Zoho's widget SDK (`ZohoEmbededAppSDK.min.js`); Zoho publishes no types.
 * Answers are `unknown` on purpose: they cross a window border and are parsed where they arrive.
 * @see https://www.zohocrm.dev/explore/widgets/v1.5
 */
interface ZohoSdk {
  readonly embeddedApp: {
    /** Silently ineffective after `init()` in SDK 1.0 to 1.2; a second listener of one name replaces the first. */
    on(eventName: string, listener: (data: unknown) => void): void;
    /** Never settles when the host does not answer. */
    init(): Promise<unknown>;
  };
  /** Every call throws at once before the host has answered, and rejects with plain objects, not errors. */
  readonly CRM: {
    readonly CONFIG: {
      readonly getCurrentUser?: () => Promise<unknown>;
      /** From SDK 1.4. */
      readonly getUserPreference?: () => Promise<unknown>;
    };
    readonly UI: {
      Resize(size: { height: number }): Promise<unknown>;
      readonly Record: { open(record: { Entity: string; RecordID: string }): Promise<unknown> };
    };
  };
}

interface Window {
  /** Absent until the SDK script has run. */
  readonly ZOHO?: ZohoSdk;
}
