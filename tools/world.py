#!/usr/bin/env python3
"""Makes data/world.txt from Natural Earth's countries (public domain) as TopoJSON: countries-50m.json of the npm
package world-atlas 2.0.2 (ISC). Usage: tools/world.py countries-50m.json iso_3166-1.json >data/world.txt

A line is CODE, tab, "x y reach" on a canvas 1920 wide, tab, "longitude latitude", tab, path. The point lies inside the
country, as far from its border as a coarse search finds. Without a path the country is a dot there. Reach is how far
around its point a small country answers the pointer, half way to the next one's point at most; 0 for a large one.

Equal Earth projection (Savric, Patterson, Jenny 2018), 960 units wide. Lines are simplified arc by arc, so that
neighbours keep one border; islands below two square units go; a country that has nothing left becomes a dot.
Overseas parts of France, the Netherlands and Norway are drawn as the regions that they are in ISO 3166-1."""
import json
import math
import sys

WIDTH, TOLERANCE, ISLAND, DOT, SMALL, REACH = 960.0, 0.45, 1.8, 6.0, 300.0, 16.0
A = (1.340264, -0.081106, 0.000893, 0.003796)
WITHOUT_CODE = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
# Parts of a country's shape that have a code of their own: whose shape, code, longitudes, latitudes.
OVERSEAS = (("FR", "GF", -55, -51, 2, 6), ("FR", "GP", -62, -61, 15.5, 17), ("FR", "MQ", -61.5, -60.5, 14, 15.2),
            ("FR", "RE", 55, 56.2, -22, -20.5), ("FR", "YT", 44.5, 45.6, -13.5, -12.2), ("NL", "BQ", -69, -62, 11.5, 18),
            ("NO", "SJ", -10, 35, 70.5, 82))
# Inhabited places that the shapes leave out: code, longitude, latitude.
ADDED = (("CC", 96.83, -12.17), ("CX", 105.63, -10.48), ("GI", -5.35, 36.14), ("TK", -171.83, -9.18), ("TV", 179.2, -8.52))


def project(longitude, latitude):
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2, t6 = t * t, t ** 6
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / (3 * (9 * A[3] * t6 * t2 + 7 * A[2] * t6 + 3 * A[1] * t2 + A[0]))
    return x, t * (A[3] * t6 * t2 + A[2] * t6 + A[1] * t2 + A[0])


HALF = project(180, 0)[0]
TOP = project(0, 84)[1]


def place(point):
    x, y = project(*point)
    return (x + HALF) / (2 * HALF) * WIDTH, (TOP - y) / (2 * HALF) * WIDTH


def unplace(point):
    """The longitude and latitude of a point of the canvas, by Newton's method."""
    x, y = point[0] / WIDTH * 2 * HALF - HALF, TOP - point[1] / WIDTH * 2 * HALF
    t = y
    for _ in range(12):
        t2, t6 = t * t, t ** 6
        t -= (t * (A[3] * t6 * t2 + A[2] * t6 + A[1] * t2 + A[0]) - y) / (9 * A[3] * t6 * t2 + 7 * A[2] * t6 + 3 * A[1] * t2 + A[0])
    t2, t6 = t * t, t ** 6
    stretch = 3 * (9 * A[3] * t6 * t2 + 7 * A[2] * t6 + 3 * A[1] * t2 + A[0])
    return (math.degrees(x * stretch / (2 * math.sqrt(3) * math.cos(t))),
            math.degrees(math.asin(2 / math.sqrt(3) * math.sin(t))))


def simplify(points):
    """Leaves out, one by one, the point that changes the area least (Visvalingam and Whyatt 1993)."""
    points = list(points)
    while len(points) > 2:
        sizes = [abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
                 for a, b, c in zip(points, points[1:], points[2:])]
        least = min(range(len(sizes)), key=sizes.__getitem__)
        if sizes[least] >= TOLERANCE:
            break
        del points[least + 1]
    return points


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


def inside(point, ring):
    odd = False
    for a, b in zip(ring, ring[1:] + ring[:1]):
        if (a[1] > point[1]) != (b[1] > point[1]) and point[0] < (b[0] - a[0]) * (point[1] - a[1]) / (b[1] - a[1]) + a[0]:
            odd = not odd
    return odd


def heart(ring):
    """The point of a grid inside the ring that is farthest from its corners; the mean of the corners if it is tiny."""
    left, right = min(p[0] for p in ring), max(p[0] for p in ring)
    top, bottom = min(p[1] for p in ring), max(p[1] for p in ring)
    best, far = (sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)), 0
    for i in range(1, 32):
        for j in range(1, 32):
            p = left + (right - left) * i / 32, top + (bottom - top) * j / 32
            near = min(math.dist(p, corner) for corner in ring)
            if near > far and inside(p, ring):
                best, far = p, near
    return best


def decode(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    raw = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        raw.append(points)
    return raw


def ring_of(arcs, lines):
    points = []
    for i in arcs:
        line = lines[i] if i >= 0 else lines[~i][::-1]
        points += line[1 if points else 0:]
    return points


def crosses(ring):
    return any(abs(a[0] - b[0]) > 180 for a, b in zip(ring, ring[1:]))


def clip(ring, edge, side):
    """The part of the ring on one side of a meridian (Sutherland and Hodgman)."""
    kept = []
    for a, b in zip(ring, ring[1:] + ring[:1]):
        inside_a, inside_b = side * (a[0] - edge) <= 0, side * (b[0] - edge) <= 0
        if inside_a:
            kept.append(a)
        if inside_a != inside_b:
            kept.append((edge, a[1] + (b[1] - a[1]) * (edge - a[0]) / (b[0] - a[0])))
    return kept


def halves(ring):
    """A ring that crosses the 180th meridian, as the two rings that a flat map needs."""
    unrolled, turn = [ring[0]], 0
    for a, b in zip(ring, ring[1:]):
        turn += 360 if a[0] - b[0] > 180 else -360 if b[0] - a[0] > 180 else 0
        unrolled.append((b[0] + turn, b[1]))
    if min(p[0] for p in unrolled) < -180:
        unrolled = [(x + 360, y) for x, y in unrolled]
    near = clip(unrolled, 180, 1)
    far = [(x - 360, y) for x, y in clip(unrolled, 180, -1)]
    return [[simplify([place(p) for p in half])] for half in (near, far) if len(half) > 2]


def path_of(ring):
    whole = [(round(x * 2), round(y * 2)) for x, y in ring]
    moves, at = "", whole[0]
    for x, y in whole[1:]:
        if (x, y) != at:
            moves += "%d %d" % (x - at[0], y - at[1]) if not moves else " %d %d" % (x - at[0], y - at[1])
            at = (x, y)
    return "M%d %dl%sz" % (whole[0][0], whole[0][1], moves.replace(" -", "-")) if moves else ""


def main():
    topology = json.load(open(sys.argv[1]))
    codes = {row["numeric"]: row["alpha_2"] for row in json.load(open(sys.argv[2]))["3166-1"]}
    raw = decode(topology)
    lines = [simplify([place(p) for p in arc]) for arc in raw]
    rings = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = codes.get(country.get("id", ""), WITHOUT_CODE.get(country["properties"]["name"]))
        if not code or code == "AQ" or "arcs" not in country:
            continue
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for part in parts:
            outer = ring_of(part[0], raw)
            longitude = sum(p[0] for p in outer) / len(outer)
            latitude = sum(p[1] for p in outer) / len(outer)
            home = next((o[1] for o in OVERSEAS if code == o[0] and o[2] < longitude < o[3] and o[4] < latitude < o[5]), code)
            flat = halves(outer) if crosses(outer) else [[ring_of(r, lines) for r in part]]
            rings.setdefault(home, []).extend(flat)
    places = {}
    for code in rings:
        parts = sorted(rings[code], key=lambda part: -area(part[0]))
        paths = "".join(path_of(r) for i, part in enumerate(parts) for r in part if area(r) >= ISLAND or (i == 0 and r is part[0]))
        total = sum(area(part[0]) for part in parts)
        places[code] = heart(parts[0][0]), total, paths if total >= DOT else ""
    for code, longitude, latitude in ADDED:
        places[code] = place((longitude, latitude)), 0, ""
    for code, (point, total, paths) in sorted(places.items()):
        next_one = min(math.dist(point, other[0]) for name, other in places.items() if name != code)
        reach = min(REACH, next_one / 2) if total < SMALL else 0
        print("%s\t%d %d %d\t%.2f %.2f\t%s" % (code, round(point[0] * 2), round(point[1] * 2), round(reach * 2),
                                             *unplace(point), paths))


main()
