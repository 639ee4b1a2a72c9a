// The usage in English, by commands; names of options, values and files are the same in every language.

export const usageEn = {
  head: "Usage: npm run studio -- COMMAND [options]",
  commands: {
    qr: `  qr --text TEXT [--picture FILE] --out FILE.(png|webp|jpg|svg|pdf)
     [--look photo|halftone|mosaic|dots|ink|classic] [--level art|balanced|everywhere]
     [--size 1024] [--version auto|1…40] [--ecc auto|L|M|Q|H] [--seed 1]
     [--dark #1b1b2f] [--light #ffffff] [--corner-radius 0.5] [--logo] [--focus 0.5,0.5] [--mm 40]
     A code, woven into a picture where there is one.`,
    verify: `  verify PICTURE [--text TEXT]
     Whether a code is read in it, by whom and under which conditions.`,
    portrait: `  portrait --photo FILE --style NAME --out FILE.png [--strength 0.5] [--likeness 0.7]
     [--background keep|blur|style|#rrggbb|WORDS] [--who WORDS] [--hold lines|edges|light]
     [--crop X,Y,SIDE] [--model NAME] [--seed 1]
     A portrait in a style, from a photo.`,
    product: `  product --photo FILE --prompt TEXT --out FILE.png [--sizes square,portrait,landscape,story]
     [--scale 0.62] [--light 0.6] [--shadow 0.7] [--model NAME] [--seed 1]
     The thing in a photo, in a place that words describe; a file a size.`,
    generate: `  generate [--model NAME|PATH] --prompt TEXT --out FILE.png [--negative TEXT] [--from PICTURE]
     [--steps 20] [--sampler dpmpp-2m] [--schedule automatic] [--cfg 7] [--seed 42] [--batch 1]
     [--size 512x512] [--init PICTURE [--strength 0.75] [--mask PICTURE [--inpaint-area masked|whole]]]
     [--control ANNOTATOR:MODEL[:WEIGHT[:FROM-TO]][:guess]=PICTURE … [--annotator-model NAME|PATH …]]
     [--lora NAME|PATH[:WEIGHT] …] [--embedding [WORD=]PATH …] [--vae NAME|PATH] [--preview TAESD]
     [--precision float32|int8] [--cfg-end 1] [--prediction epsilon|v]
     [--hires 2 [--hires-strength 0.5] [--hires-steps N] [--hires-upscaler NAME|PATH]]
     [--clip-skip 1] [--variation SEED:STRENGTH] [--noise torch-cpu|philox]
     [--convention k-diffusion|diffusers]
     [--xy "cfg=4,7,10;strength=0.3,0.7"]  a labelled sheet over one or two of
        strength, cfg, cfg-end, steps, sampler, schedule, seed, clip-skip, precision, lora:NAME,
        prompt=WORD,OTHER,…
     --mask: what is white in it alone is drawn, at the size that the model draws best or at --size, and
        put back: all else stays to the byte. whole: all of the picture is drawn.
     --precision int8: on the CPU, about half the time and memory, 36–42 dB from float32.
     --hires: drawn once more over what was enlarged; a small model goes no further than it can.
     --from restores the settings that a picture carries; other options win.`,
    "character-album": `  character-album --character LORA[:WEIGHT] --out FOLDER [--style LORA[:WEIGHT]] [--count 12]
     [--scenes day|seasons|world|wardrobe|FILE] [--about TEXT] [--model NAME] [--seed 1]
     An album of one character in many places; a FILE has a scene a line.`,
    upscale: `  upscale PICTURE --out FILE.png [--times 2|4] [--model NAME|PATH]
     The settings that a picture carries are kept.`,
    "qr-art": `  qr-art --text TEXT --prompt TEXT --out FILE.png [--candidates 4] [--blend 0.5] [--style NAME]
     [--level art|balanced|everywhere] [--size 1024] [--seed 42] [--model NAME] [--lora NAME[:WEIGHT] …]
     [--negative TEXT] [--steps N] [--cfg N]
     A code that is drawn: the best candidate as FILE.png, the others as FILE-2.png, …`,
    inspect: `  inspect FILE.safetensors
     What a model's file, or its folder, is.`,
    tag: `  tag PICTURE …
     What they show, by the CLIP that pictures are searched with.`,
    search: `  search WORDS [--album NAME] [--place NAME] [--as EMAIL] [--limit 20]
     In one's gallery.`,
    album: `  album import FOLDER --album NAME [--as EMAIL]
     In one's gallery: through the running app, or in the database itself where none runs.`,
    models: `  models list [KIND] | search [WORDS]
  models pull NAME … | BUNDLE | hf:OWNER/REPO[/FILE][@REVISION] | civitai:VERSION
  models import FILE|FOLDER [--name NAME] | remove NAME|KIND/NAME
     What has arrived of a model that was interrupted is gone on with; .safetensors alone.`,
  },
  foot: `  --json       print one JSON object        --lang en|zh   language of messages

Exit status: 0 done · 1 it could not be done (the code says why) · 2 the command was not understood ·
130 interrupted`,
};
