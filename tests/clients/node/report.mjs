// The data of every client of Node, and its output: one line for each value, with a name, a tab and the value.

export const url = process.env.DATABASE_URL;
export const pooled = process.env.POOLED === "yes";

// The second row of the batch is the incident's pair.
export const batch = [
    { id: 11, name: "batch", runtime: "hermes", model: "moonshot/kimi-k2.6" },
    { id: 12, name: "batch", runtime: "hermes", model: "anthropic/claude-opus-4-7" },
    { id: 13, name: "batch", runtime: "codex", model: "gpt-5.5" },
];

export function report(name, value) {
    console.log(`${name}\t${value}`);
}

export function reportAnswer([status, body]) {
    report("status", status);
    for (const name of ["code", "reason", "hint"]) report(name, body[name]);
}
