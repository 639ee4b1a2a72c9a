/**
 * The things that are drawn, by their English names. Few enough that each is seen some hundred times in every fifty
 * thousand drawings: what is seen a dozen times is learnt by nobody.
 */
export const CHOSEN: ReadonlySet<string> = new Set(
  `
  dog; cat; black cat; fox; lion; tiger; unicorn; zebra; cow; pig; sheep; giraffe; elephant; mouse; rabbit; hedgehog; bear;
  polar bear; koala; panda; monkey; chicken; baby chick; penguin; duck; swan; owl; flamingo; parrot; frog; crocodile;
  turtle; snake; dragon; tyrannosaurus; spouting whale; dolphin; tropical fish; shark; octopus; seashell; crab; snail;
  butterfly; bee; ladybug;
  bouquet; cherry blossom; rose; sunflower; tulip; potted plant; pine tree; tree; palm tree; cactus; four leaf clover;
  maple leaf; mushroom;
  grapes; watermelon; lemon; banana; pineapple; red apple; pear; peach; cherries; strawberry; tomato; avocado; carrot;
  corn; broccoli; bread; croissant; pancakes; cheese; hamburger; french fries; pizza; hot dog; fried egg in a pan;
  popcorn; bowl of noodles; sushi; dumpling; moon cake; ice cream; doughnut; cookie; birthday cake; cupcake; lollipop;
  teapot; cup of coffee; bubble tea;
  sun; cloud; snowflake; snowman; rainbow; umbrella; fire; lightning bolt; crescent moon; full moon; star;
  planet with rings; globe; volcano; snow-capped mountain;
  house; castle; church; tent; ferris wheel; steam train; bus; fire truck; taxi; red car; blue car; tractor; motorcycle;
  bicycle; sailboat; ship; airplane; helicopter; rocket; flying saucer;
  balloon; gift box; jack-o-lantern; Christmas tree; fireworks; red envelope; red lantern; trophy; soccer ball;
  basketball; kite; game controller; teddy bear; paint palette; glasses; crown; top hat; diamond; bell; music note;
  microphone; headphones; guitar; piano keyboard; violin; drum; mobile phone; laptop; television; camera; candle;
  light bulb; open book; pencil; treasure chest; key; anchor; telescope; alarm clock; backpack; t-shirt; sneaker; robot;
  alien; ghost; red heart; happy face; face with sunglasses; bed; chair
  `
    .split(";")
    .map((name) => name.trim().replace(/\s+/g, " ")),
);
