// Where the actors of the network stand. Forces start from a circle, so that the same network gives the same picture.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { NetworkEdge, NetworkPage } from "./contract";

export const WIDTH = 900, HEIGHT = 640;
const STEPS = 300, EDGE = 20, LABEL = 110;

interface Spot { name: string; r: number; x: number; y: number; left: boolean }

export function arranged(page: NetworkPage) {
  const most = Math.max(1, ...page.nodes.map((n) => n.claims));
  const nodes: Spot[] = page.nodes.map((n, i) => {
    const turn = (i / page.nodes.length) * 2 * Math.PI;
    const r = 5 + 13 * Math.sqrt(n.claims / most);
    return { name: n.name, r, x: WIDTH / 2 + 220 * Math.cos(turn), y: HEIGHT / 2 + 220 * Math.sin(turn), left: false };
  });
  const links = page.edges.map((e) => ({ source: e.from, target: e.to }));
  forceSimulation(nodes)
    .force("links", forceLink<Spot, { source: string; target: string }>(links).id((n) => n.name).distance(130).strength(0.25))
    .force("apart", forceManyBody().strength(-520))
    .force("room", forceCollide<Spot>((n) => n.r + 30))
    .force("x", forceX(WIDTH / 2).strength(0.06))
    .force("y", forceY(HEIGHT / 2).strength(0.11))
    .stop()
    .tick(STEPS);
  for (const n of nodes) {
    n.x = Math.max(EDGE + n.r, Math.min(WIDTH - EDGE - n.r, n.x));
    n.y = Math.max(EDGE + n.r, Math.min(HEIGHT - EDGE - n.r, n.y));
    n.left = n.x > WIDTH - LABEL - 60;
  }
  const at = new Map(nodes.map((n) => [n.name, n]));
  const largest = Math.max(1, ...page.edges.map((e) => e.claims));
  const line = (edge: NetworkEdge, i: number) => {
    const a = at.get(edge.from)!, b = at.get(edge.to)!;
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    // Bent, so that the two directions and several relations of two actors stand beside each other.
    const bend = 14 + 9 * (page.edges.slice(0, i).filter((e) => e.from === edge.from && e.to === edge.to).length);
    const [mx, my] = [(a.x + b.x) / 2 - uy * bend, (a.y + b.y) / 2 + ux * bend];
    const ends = [a.x + ux * a.r, a.y + uy * a.r, b.x - ux * (b.r + 2), b.y - uy * (b.r + 2)].map(Math.round);
    return { edge, width: 1 + 4 * Math.sqrt(edge.claims / largest), path: `M${ends[0]} ${ends[1]}Q${Math.round(mx)} ${Math.round(my)} ${ends[2]} ${ends[3]}` };
  };
  return { nodes, links: page.edges.map(line) };
}
