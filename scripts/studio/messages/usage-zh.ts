import type { usageEn } from "./usage-en";

export const usageZh: typeof usageEn = {
  head: "用法：npm run studio -- 命令 [选项]",
  commands: {
    qr: `  qr --text 文字 [--picture 图片] --out 文件.(png|webp|jpg|svg|pdf)
     [--look photo|halftone|mosaic|dots|ink|classic] [--level art|balanced|everywhere]
     [--size 1024] [--version auto|1…40] [--ecc auto|L|M|Q|H] [--seed 1]
     [--dark #1b1b2f] [--light #ffffff] [--corner-radius 0.5] [--logo] [--focus 0.5,0.5] [--mm 40]
     制作二维码，可以织进一张图片里。`,
    verify: `  verify 图片 [--text 文字]
     图片里的二维码能不能读出，哪些解码器、在什么条件下能读出。`,
    portrait: `  portrait --photo 照片 --style 风格 --out 文件.png [--strength 0.5] [--likeness 0.7]
     [--background keep|blur|style|#rrggbb|描述] [--who 描述] [--hold lines|edges|light]
     [--crop X,Y,边长] [--model 名称] [--seed 1]
     把照片画成某种风格的肖像。`,
    product: `  product --photo 照片 --prompt 描述 --out 文件.png [--sizes square,portrait,landscape,story]
     [--scale 0.62] [--light 0.6] [--shadow 0.7] [--model 名称] [--seed 1]
     把照片里的物品放进描述的场景，每种尺寸一个文件。`,
    generate: `  generate [--model 名称|路径] --prompt 提示词 --out 文件.png [--negative 反向提示词] [--from 图片]
     [--steps 20] [--sampler dpmpp-2m] [--schedule automatic] [--cfg 7] [--seed 42] [--batch 1]
     [--size 512x512] [--init 图片 [--strength 0.75] [--mask 图片 [--inpaint-area masked|whole]]]
     [--control 预处理器:模型[:权重[:起-止]][:guess]=图片 … [--annotator-model 名称|路径 …]]
     [--lora 名称|路径[:权重] …] [--embedding [词=]路径 …] [--vae 名称|路径] [--preview TAESD]
     [--precision float32|int8] [--cfg-end 1] [--prediction epsilon|v]
     [--hires 2 [--hires-strength 0.5] [--hires-steps 步数] [--hires-upscaler 名称|路径]]
     [--clip-skip 1] [--variation 种子:强度] [--noise torch-cpu|philox]
     [--convention k-diffusion|diffusers]
     [--xy "cfg=4,7,10;strength=0.3,0.7"]  带标注的对比表，可比较以下一项或两项：
        strength、cfg、cfg-end、steps、sampler、schedule、seed、clip-skip、precision、lora:名称、
        prompt=词,替换词,…
     --mask：只重画蒙版中白色的部分，按模型最擅长的尺寸（或 --size）画好再放回原图，
        其余部分一个字节也不变；whole：重画整张图。
     --precision int8：在 CPU 上，时间和内存大约减半，与 float32 相差 36–42 dB。
     --hires：放大后再画一遍；小模型画不了那么大时会适可而止。
     --from：沿用图片里保存的设置；另外给出的选项优先。`,
    "character-album": `  character-album --character LORA[:权重] --out 文件夹 [--style LORA[:权重]] [--count 12]
     [--scenes day|seasons|world|wardrobe|文件] [--about 描述] [--model 名称] [--seed 1]
     同一个角色在许多地方的相册；文件里每行写一个场景。`,
    upscale: `  upscale 图片 --out 文件.png [--times 2|4] [--model 名称|路径]
     放大图片，并保留图片里保存的设置。`,
    "qr-art": `  qr-art --text 文字 --prompt 提示词 --out 文件.png [--candidates 4] [--blend 0.5] [--style 风格]
     [--level art|balanced|everywhere] [--size 1024] [--seed 42] [--model 名称] [--lora 名称[:权重] …]
     [--negative 反向提示词] [--steps 步数] [--cfg 引导强度]
     画出来的二维码：最好的一张存为 文件.png，其余为 文件-2.png、……`,
    inspect: `  inspect 文件.safetensors
     说明模型文件或文件夹是什么模型。`,
    tag: `  tag 图片 …
     用搜索图片的 CLIP 说出画面中有什么。`,
    search: `  search 搜索词 [--album 名称] [--place 地名] [--as 邮箱] [--limit 20]
     搜索自己的图库。`,
    album: `  album import 文件夹 --album 名称 [--as 邮箱]
     收进自己的图库：应用在运行时通过应用，否则直接写入数据库。`,
    models: `  models list [类型] | search [搜索词]
  models pull 名称 … | 组合 | hf:所有者/仓库[/文件][@版本] | civitai:版本号
  models import 文件|文件夹 [--name 名称] | remove 名称|类型/名称
     中断的下载会接着进行；只接受 .safetensors。`,
  },
  foot: `  --json       只输出一个 JSON 对象        --lang en|zh   提示语言

退出状态：0 成功 · 1 没做成（代码说明原因） · 2 命令没看懂 · 130 被中断`,
};
