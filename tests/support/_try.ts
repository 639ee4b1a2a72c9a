import { loadDecoders } from "@/lib/scenarios/qr-picture/load-decoders";
import { plainCode } from "./plain-code"; import { randomGreyCode } from "./qr-random-grey";
import { SCENES } from "@/lib/qr/jury/scenes"; import { judge } from "@/lib/qr/jury/judge"; import { cellsForLevel } from "@/lib/qr/jury/levels";
import * as B from "@/lib/qr/jury/binarizers";
(async () => { const ds=await loadDecoders(); const T="https://example.com/menu";
const ok=plainCode(T,{version:6}); const art=randomGreyCode(plainCode(T,{version:6,ecc:"M"}),90,2); const bad=randomGreyCode(plainCode(T,{version:6,ecc:"L"}),5,2);
const best=(f:()=>any)=>{};
for (const [name,img] of [["plain",ok],["art",art],["bad",bad]] as const) { const tot:Record<string,number>={scene:0}; let line="";
 for (const s of SCENES) { let ts=1e9,out=img as any; for(let i=0;i<4;i++){const t=performance.now(); out=s.apply(img); ts=Math.min(ts,performance.now()-t);} tot.scene!+=ts; line+=` ${s.name}:${ts.toFixed(0)}`; for(const d of ds){let m=1e9,r; for(let i=0;i<3;i++){const t=performance.now(); r=await d.read({...out}); m=Math.min(m,performance.now()-t);} tot[d.name]=(tot[d.name]??0)+m; if(r) tot[d.name+" reads"]=(tot[d.name+" reads"]??0)+1; } }
 console.log(name,JSON.stringify(Object.fromEntries(Object.entries(tot).map(([k,v])=>[k,Math.round(v)])))); if(name==="plain") console.log(line);
 for (const level of ["art","balanced","everywhere"] as const) { const ts=[]; for(let i=0;i<3;i++){const t=performance.now(); await judge(img,T,ds,{cells:cellsForLevel(level)}); ts.push(performance.now()-t);} console.log("  judge",level,Math.round(Math.min(...ts))); } }
for (const f of [B.zxingLocalThresholds,B.zxingHistogramThreshold,B.jsqrThresholds,B.zbarThresholds,B.zxingLayers]) { let m=1e9; for(let i=0;i<12;i++){const t=performance.now(); (f as any)(art); m=Math.min(m,performance.now()-t);} console.log(f.name,m.toFixed(1)); }
console.log(Math.round(process.memoryUsage().rss/1e6)+"MB");
})();
