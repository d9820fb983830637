type Labels = Readonly<Record<string, string>>;

/** One metric with everything measured of it. */
export interface Family {
  /** Without our prefix. */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly {
    /** `_bucket`, `_sum` or `_count` of a histogram. */
    readonly suffix?: string;
    readonly labels?: Labels;
    readonly value: number;
  }[];
}

const PREFIX = 'customer360_';

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export function prometheusText(families: readonly Family[]): string {
  const lines = families.flatMap(({ name, help, type, samples }) => [
    `# HELP ${PREFIX}${name} ${escaped(help)}`,
    `# TYPE ${PREFIX}${name} ${type}`,
    ...samples.map(
      ({ suffix = '', labels = {}, value }) => `${PREFIX}${name}${suffix}${textOfLabels(labels)} ${value}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

function textOfLabels(labels: Labels): string {
  const entries = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`,
  );
  return entries.length === 0 ? '' : `{${entries.join(',')}}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
