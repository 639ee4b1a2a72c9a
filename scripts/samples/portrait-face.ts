/** The face of the portrait as SVG fragments, user units 0 … 1000. */

const FACE =
  "M500 262 C588 258 634 330 630 424 C627 508 588 596 512 628 C503 631 495 631 487 628 C412 596 374 508 370 424 C366 330 412 258 500 262Z";

/** Gradients and blurs that the other fragments refer to. */
export const SKIN = `<defs>
  <clipPath id="face"><path d="${FACE}"/></clipPath>
  <linearGradient id="skin" x1="0.1" y1="0.1" x2="1" y2="0.75"><stop offset="0" stop-color="#fbe0c8"/><stop offset="0.5" stop-color="#f1c4a4"/><stop offset="1" stop-color="#b97a62"/></linearGradient>
  <linearGradient id="neck" x1="0" y1="0" x2="0.9" y2="0.9"><stop offset="0" stop-color="#b87a62"/><stop offset="0.55" stop-color="#e5b494"/><stop offset="1" stop-color="#b17158"/></linearGradient>
  <radialGradient id="blush"><stop offset="0" stop-color="#e0705f" stop-opacity="0.55"/><stop offset="1" stop-color="#e0705f" stop-opacity="0"/></radialGradient>
  <radialGradient id="bright"><stop offset="0" stop-color="#fff3e2" stop-opacity="0.85"/><stop offset="1" stop-color="#fff3e2" stop-opacity="0"/></radialGradient>
  <linearGradient id="upper" x2="0" y2="1"><stop offset="0" stop-color="#b5443f"/><stop offset="1" stop-color="#7f2530"/></linearGradient>
  <linearGradient id="lower" x2="0" y2="1"><stop offset="0" stop-color="#b5404a"/><stop offset="0.6" stop-color="#d4615c"/><stop offset="1" stop-color="#a84a48"/></linearGradient>
  <linearGradient id="lid" x2="0" y2="1"><stop offset="0" stop-color="#c98a70"/><stop offset="0.55" stop-color="#e6b090"/><stop offset="1" stop-color="#a5604f"/></linearGradient>
  <filter id="b4" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="4"/></filter>
  <filter id="b9" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="9"/></filter>
  <filter id="b22" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="22"/></filter>
</defs>`;

/** Neck and shoulders, the chin's shadow on them. */
export const NECK = `<path d="M424 560 C428 660 424 706 396 742 C340 786 262 800 196 850 L150 1010 L860 1010 L812 850 C746 800 668 786 606 742 C580 706 576 660 580 560Z" fill="url(#neck)"/>
  <path d="M424 590 C470 668 540 668 582 590 L588 690 C548 716 520 742 508 780 C486 720 450 690 420 690Z" fill="#8a4a40" fill-opacity="0.6" filter="url(#b22)"/>
  <path d="M404 744 C440 790 480 812 500 816 C530 806 566 786 600 744" stroke="#8f5142" stroke-opacity="0.55" stroke-width="9" fill="none" filter="url(#b4)"/>`;

/** A lowered eyelid with its lashes; `side` −1 is on the left of the picture. */
export function closedEye(side: -1 | 1): string {
  const at = `translate(${500 + side * 64} 428) scale(${side} 1)`;
  let lashes = "";
  for (let n = 0; n < 15; n++) {
    const t = n / 14;
    const x = -44 + 92 * t;
    const y = 6 + 15 * Math.sin(t * 2.75 + 0.25);
    const long = 6 + 11 * t;
    lashes += `<path d="M${x} ${y}q${2 + 6 * t} ${long * 0.8} ${5 + 13 * t} ${long}" stroke="#2a1512" stroke-width="${2.6 - t * 0.6}" fill="none" stroke-linecap="round"/>`;
  }
  return `<g transform="${at}">
    <path d="M-56 2 C-34 -44 30 -50 62 -6 C40 -30 -20 -26 -56 2Z" fill="#8f5040" fill-opacity="0.5" filter="url(#b4)"/>
    <path d="M-50 6 C-30 -26 26 -34 54 2 C30 30 -26 30 -50 6Z" fill="url(#lid)"/>
    <ellipse cx="0" cy="-6" rx="26" ry="9" fill="#ffe6d0" fill-opacity="0.55" filter="url(#b4)"/>
    <path d="M-46 -12 C-24 -38 28 -42 58 -10" stroke="#8a4c3c" stroke-opacity="0.8" stroke-width="3" fill="none" stroke-linecap="round"/>
    <path d="M-50 5 C-28 28 28 30 58 -2" stroke="#2a1512" stroke-width="5.5" fill="none" stroke-linecap="round"/>${lashes}
    <path d="M-44 38 C-14 56 26 52 50 36" stroke="#a9654f" stroke-opacity="0.3" stroke-width="7" fill="none" filter="url(#b4)"/></g>`;
}

/** The face without its eyes. */
export const FEATURES = `<path d="${FACE}" fill="url(#skin)"/><g clip-path="url(#face)">
  <path d="M640 230 C560 300 590 380 578 450 C590 520 560 590 500 640 L700 660Z" fill="#8f4c44" fill-opacity="0.5" filter="url(#b22)"/>
  <path d="M350 560 C420 640 580 640 650 540 L660 680 L340 680Z" fill="#8f4c44" fill-opacity="0.32" filter="url(#b22)"/>
  <path d="M360 240 L640 240 L640 300 C560 272 440 272 360 310Z" fill="#6b3430" fill-opacity="0.55" filter="url(#b22)"/>
  <ellipse cx="408" cy="494" rx="62" ry="48" fill="url(#blush)"/><ellipse cx="592" cy="494" rx="58" ry="48" fill="url(#blush)"/>
  <ellipse cx="440" cy="336" rx="80" ry="48" fill="url(#bright)" opacity="0.75"/><ellipse cx="424" cy="470" rx="40" ry="26" fill="url(#bright)" opacity="0.75"/>
  <ellipse cx="496" cy="606" rx="34" ry="18" fill="url(#bright)" opacity="0.4"/></g>
  <path d="M478 396 C484 376 470 362 446 366" stroke="#9a5a48" stroke-opacity="0.5" stroke-width="10" fill="none" filter="url(#b9)"/>
  <path d="M524 384 C516 410 520 452 530 486 C538 504 532 520 514 522 C506 500 506 440 508 400Z" fill="#9a5446" fill-opacity="0.55" filter="url(#b9)"/>
  <path d="M494 400 C490 440 490 470 494 500" stroke="#fff0de" stroke-opacity="0.8" stroke-width="9" fill="none" filter="url(#b4)"/>
  <ellipse cx="497" cy="504" rx="12" ry="9" fill="#fff3e4" fill-opacity="0.75" filter="url(#b4)"/>
  <path d="M462 512 C466 526 484 522 498 529 C512 522 530 526 536 512 C530 536 514 532 498 536 C484 532 468 536 462 512Z" fill="#8a4338" fill-opacity="0.65" filter="url(#b4)"/>
  <ellipse cx="480" cy="522" rx="7" ry="3.4" fill="#5f2722" fill-opacity="0.85"/><ellipse cx="517" cy="522" rx="7" ry="3.4" fill="#5f2722" fill-opacity="0.85"/>
  <path d="M450 567 C470 557 486 553 499 560 C512 553 530 557 550 567 C530 573 512 577 500 577 C486 577 468 573 450 567Z" fill="url(#upper)"/>
  <path d="M450 567 C468 573 486 577 500 577 C514 577 532 573 550 567 C538 595 520 604 500 604 C480 604 462 595 450 567Z" fill="url(#lower)"/>
  <path d="M444 564 C470 577 486 575 500 579 C514 575 530 577 556 564" stroke="#571a22" stroke-width="3.2" fill="none" stroke-linecap="round"/>
  <ellipse cx="490" cy="589" rx="20" ry="5" fill="#ffd9d0" fill-opacity="0.6" filter="url(#b4)"/>
  <path d="M466 612 C486 622 514 622 534 612" stroke="#8f4c40" stroke-opacity="0.45" stroke-width="9" fill="none" filter="url(#b4)"/>`;
