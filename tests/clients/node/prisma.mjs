// Prisma, with its adapter for node-postgres.

import { readFileSync } from "node:fs";
import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "./prisma/generated/client.ts";
import { batch, report, reportAnswer, url } from "./report.mjs";

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });

async function setRuntime(id, runtime) {
    // docs begin
    try {
        await prisma.workspace.update({ where: { id }, data: { runtime } });
    } catch (error) {
        const refusal = error.meta?.driverAdapterError?.cause; // no constraint's name in it, but at the message's end
        if (refusal?.code !== "23514" || !/_model_routable"$/.test(refusal.message)) throw error;
        const [, code, reason] = refusal.detail.match(/^(\w+): (.*)/s);
        return [422, { error: refusal.message, code, reason, hint: refusal.hint }];
    }
    // docs end
    return [200, {}];
}

function nameOf(error) {
    return `Prisma.${error instanceof Prisma.PrismaClientKnownRequestError ? error.constructor.name : "?"} ${error.code}`;
}

report("version", Prisma.prismaVersion.client);
reportAnswer(await setRuntime(2, "hermes"));
try {
    await prisma.$transaction(async (transaction) => {
        await transaction.workspace.update({ where: { id: 2 }, data: { name: "renamed" } });
        await transaction.workspace.update({ where: { id: 2 }, data: { runtime: "hermes" } });
    });
} catch (error) {
    const refusal = error.meta.driverAdapterError.cause;
    report("error", nameOf(error));
    report("sqlstate", refusal.code);
    report("constraint", refusal.message.match(/"([^"]*)"$/)[1]);
}
report("after", (await prisma.workspace.findUnique({ where: { id: 2 } })).name);
report("switch", (await setRuntime(1, "hermes"))[0]);
try {
    await prisma.workspace.createMany({ data: batch });
} catch (error) {
    report("batch", nameOf(error));
}
await prisma.$disconnect();
