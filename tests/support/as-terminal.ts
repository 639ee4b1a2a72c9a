// Loaded before a program: lets it take a pipe for a terminal that is wide enough for every line.
Object.assign(process.stderr, { isTTY: true, columns: 500 });
