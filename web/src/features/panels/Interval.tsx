interface Props {
  value: number;
  low: number;
  high: number;
  /** The ends of the scale, and the mark between. */
  least: number;
  most: number;
  middle: number;
}

const WIDTH = 100;
const HEIGHT = 12;

/** An estimate as a dot on its interval. The figures stand beside it in words, so it is a picture alone. */
export function Interval({ value, low, high, least, most, middle }: Props) {
  const at = (number: number): number => Math.min(WIDTH, Math.max(0, ((number - least) / (most - least || 1)) * WIDTH));
  return (
    <svg className="panel-interval" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <line className="scale" x1={0} x2={WIDTH} y1={6} y2={6} />
      <line className="middle" x1={at(middle)} x2={at(middle)} y1={0} y2={HEIGHT} />
      <line className="span" x1={at(low)} x2={at(high)} y1={6} y2={6} />
      <line className="point" x1={at(value)} x2={at(value)} y1={2} y2={10} />
    </svg>
  );
}
