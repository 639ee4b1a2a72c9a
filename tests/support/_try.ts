import { loadDecoders } from "@/lib/scenarios/qr-picture/load-decoders";
import { plainCode } from "@/tests/support/plain-code";
import { judge } from "@/lib/qr/jury/judge";
import { passesLevel } from "@/lib/qr/jury/levels";
(async () => {
const ds = await loadDecoders();
const texts={link24:"https://example.com/menu",link60:"https://example.com/"+"a1b2c3d4e5".repeat(4),zh30:"扫一扫这个二维码看看今天的菜单有什么好吃的东西吧朋友们快来呀"};
const fails=new Map<string,string[]>(); let n=0; const times:number[]=[];
for (const [name,text] of Object.entries(texts)) for (const version of [2,3,4,5,6,7,8,9,10,11,12,15,20,25,30,40]) for (const ecc of (version>12?["L"]:["L","M","Q","H"]) as ("L"|"M"|"Q"|"H")[]) {
  let c; try { c=plainCode(text,{version,ecc}); } catch { continue; }
  n++; const t=performance.now(); const v=await judge(c,text,ds); times.push(performance.now()-t);
  const bad=v.cells.filter(c=>!c.read).map(c=>c.decoder+":"+c.scene);
  for (const b of bad) fails.set(b,[...(fails.get(b)??[]),`${version}${ecc}-${name}`]);
  if (version>12||bad.some(b=>b.startsWith("zxing-local"))) console.log(name,version,ecc,v.score,v.leastUnusedEcc,(["art","balanced"] as const).map(l=>passesLevel(l,v,null).missing.join("+")||l).join(" "),bad.join(" "));
}
console.log(n,"codes; ms median",times.sort((a,b)=>a-b)[times.length>>1],"max",times.at(-1));
for (const [k,v] of [...fails].sort()) console.log(k,v.length,v.join(" "));
})();
