// Makes the map of the report: a line for each country, projected once, so that nothing has to be projected later.
//
//   cd src/main/map && npm install && node world.mjs
//
// Shapes: world-atlas (ISC, Mike Bostock), which is Natural Earth at 1:50m (public domain). Projection: d3-geo's Natural Earth I.
// Names: CLDR, by way of Intl.DisplayNames; committed, so that a report does not change with the platform.
import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {geoArea, geoCentroid, geoNaturalEarth1, geoPath} from "d3-geo";
import {feature} from "topojson-client";
import iso from "i18n-iso-countries";
import {presimplify, simplify} from "topojson-simplify";

const WIDTH = 960;
const HEIGHT = 410;
// Square degrees below which a detail is dropped; found by looking.
const DETAIL = 0.03;

const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-50m.json")));
const codes = Object.entries(iso.getAlpha2Codes()).map(([alpha2]) => [alpha2, iso.alpha2ToNumeric(alpha2)])
    .filter(([alpha2]) => alpha2 !== "XK").sort();
// Natural Earth counts these to another country, or does not draw them at 1:50m: a point, longitude and latitude.
const POINTS = {
  BQ: [-68.3, 12.2], BV: [3.4, -54.4], CC: [96.8, -12.2], CX: [105.6, -10.5], GF: [-53.1, 3.9], GI: [-5.35, 36.14],
  GP: [-61.6, 16.2], MQ: [-61.0, 14.6], RE: [55.5, -21.1], SJ: [16.0, 78.6], TK: [-171.8, -9.2], TV: [179.2, -8.5],
  UM: [-160.0, -0.4], YT: [45.2, -12.8],
};
// Where the middle of the largest part is not where one would look.
const LABELS = {US: [-98, 39], CA: [-106, 57], NO: [9, 61], RU: [95, 62], FR: [2.5, 46.7], MY: [102.2, 4.2], JP: [138.2, 36.5]};

const names = new Intl.DisplayNames(["en"], {type: "region"});
const world = simplify(presimplify(atlas), DETAIL);
const simple = feature(world, world.objects.countries).features;
const shapes = byCode(simple);
const whole = byCode(feature(atlas, atlas.objects.countries).features);
const frame = [...whole.values()].filter((shape) => shape.id !== "010");
// As wide as the frame; Antarctica is cut off.
const projection = geoNaturalEarth1().fitWidth(WIDTH - 4, {type: "FeatureCollection", features: frame});
projection.translate([projection.translate()[0] + 2, projection.translate()[1] + 2]);
const path = geoPath(projection).digits(1);

// Of two shapes with one code (Australia and its Ashmore and Cartier Islands) the larger.
function byCode(features) {
  return new Map([...features].sort((a, b) => geoArea(a) - geoArea(b)).map((shape) => [shape.id, shape]));
}

function largest(shape) {
  const parts = shape.geometry.type === "Polygon" ? [shape.geometry.coordinates] : shape.geometry.coordinates;
  return parts.map((coordinates) => ({type: "Polygon", coordinates})).sort((a, b) => geoArea(b) - geoArea(a))[0];
}

function label(alpha2, shape) {
  const place = LABELS[alpha2] ?? POINTS[alpha2] ?? (shape && geoCentroid(largest(shape)));
  if (!place) throw new Error(`no place for ${alpha2}`);
  const [x, y] = projection(place);
  return [Math.min(Math.max(x, 4), WIDTH - 4), Math.min(Math.max(y, 4), HEIGHT - 4)].map((value) => value.toFixed(1));
}

// "M10.5,20.1L11.0,20.3" -> relative, in tenths: half the size.
function compact(d) {
  return d.split("M").filter(Boolean).map((ring) => {
    const points = ring.replace("Z", "").split("L").map((point) => point.split(",").map((v) => Math.round(v * 10)));
    let [x, y] = points[0];
    const steps = points.slice(1).map(([a, b]) => {
      const step = [a - x, b - y];
      [x, y] = [a, b];
      return step;
    }).filter(([dx, dy]) => dx || dy).map(([dx, dy]) => `${dx}${dy < 0 ? "" : " "}${dy}`);
    return steps.length > 1 ? `M${points[0][0]} ${points[0][1]}l${steps.join(" ").replaceAll(" -", "-")}z` : "";
  }).join("");
}

const lines = codes.map(([alpha2, numeric]) => {
  const shape = alpha2 === "AQ" ? null : whole.get(numeric);
  const d = shape && path(shapes.get(numeric));
  return [alpha2, names.of(alpha2), ...label(alpha2, whole.get(numeric)), d ? compact(d) : ""].join("\t");
});
// Shapes without a code of ISO 3166 (Kosovo, Northern Cyprus, Somaliland) are land all the same.
const unnamed = simple.filter((shape) => !codes.some(([, numeric]) => numeric === shape.id));
lines.push(["-", "", "", "", unnamed.map((shape) => compact(path(shape) ?? "")).join("")].join("\t"));
writeFileSync("../resources/report/world.tsv",
    `# code, name, x and y of its label, outline in tenths; viewBox 0 0 ${WIDTH} ${HEIGHT}. Made by src/main/map/world.mjs.\n`
    + "# Shapes: world-atlas 2.0.2 (ISC, Mike Bostock) from Natural Earth (public domain). Names: Unicode CLDR.\n"
    + lines.join("\n") + "\n");
