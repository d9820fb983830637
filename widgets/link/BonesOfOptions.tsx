const PLACES = ['a', 'b', 'c', 'd'];

/** The shape of a list to pick from while it is on its way. */
export function BonesOfOptions() {
  return (
    <div className="listbox appears" aria-hidden="true">
      {PLACES.map((place) => (
        <div key={place} className="option">
          <span className="bone option-bone-box" />
          <span className="option-text">
            <span className="bone bone-value" />
            <span className="bone bone-sentence" />
          </span>
        </div>
      ))}
    </div>
  );
}
