import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

const NAMES_PX = 200;
const COLUMN_PX = 136;
const LEAST_COLUMNS = 3; // a comparison of fewer is no table

/** How many rules fit beside each other in an element; `0` where a table makes no sense. */
export function useColumns(): { place: RefObject<HTMLDivElement | null>; columns: number } {
  const place = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = (): void => {
      const fitting = Math.floor((element.clientWidth - NAMES_PX) / COLUMN_PX);
      setColumns(fitting < LEAST_COLUMNS ? 0 : fitting);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { place, columns };
}
