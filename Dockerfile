# syntax=docker/dockerfile:1
ARG NODE_VERSION=24.22

FROM node:${NODE_VERSION}-slim AS build
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && rm -rf .next/cache

FROM node:${NODE_VERSION}-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The Prisma CLI and TypeScript are optional peers of production packages, so --omit=dev keeps them; prune removes what
# package.json no longer names. Next's compiler is an optional package that only the build uses.
RUN npm ci --omit=dev --no-audit --no-fund \
 && npm pkg delete devDependencies \
 && npm prune --no-audit --no-fund \
 && rm -rf node_modules/@next/swc-*

FROM node:${NODE_VERSION}-slim
LABEL org.opencontainers.image.title="Gantry" \
      org.opencontainers.image.description="The open, self-hosted marketplace for Docker Desktop extensions" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 GANTRY_DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node -m 0700 /data
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/.next ./.next
COPY --from=build /app/lib ./lib
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/scripts/container/health.mjs /app/scripts/container/run.mjs ./scripts/container/
COPY --from=build /app/package.json /app/tsconfig.json /app/next.config.mjs /app/server.ts /app/LICENSE ./
# Root starts the server as `node` and the image decoder as a user of its own; run.mjs explains why.
USER root
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "scripts/container/health.mjs"]
CMD ["node", "scripts/container/run.mjs"]
