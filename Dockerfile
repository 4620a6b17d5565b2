# syntax=docker/dockerfile:1
ARG NODE_VERSION=20.20.2

FROM node:${NODE_VERSION}-slim AS build
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/container/build.mjs && rm -rf .next/cache

FROM node:${NODE_VERSION}-slim
LABEL org.opencontainers.image.title="Gantry" \
      org.opencontainers.image.description="The open, self-hosted marketplace for Docker Desktop extensions" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 GANTRY_DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node -m 0700 /data
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.next ./.next
COPY --from=build /app/lib ./lib
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/scripts/container/health.mjs /app/scripts/container/run.mjs ./scripts/container/
COPY --from=build /app/package.json /app/tsconfig.json /app/next.config.mjs /app/server.ts /app/LICENSE ./
# As root only to start the server as `node` and pictures as nobody else; run.mjs says why.
USER root
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "scripts/container/health.mjs"]
CMD ["node", "scripts/container/run.mjs"]
