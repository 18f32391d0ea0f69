# Debian, because Temporal's native worker needs glibc.
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY sdk/package.json sdk/
RUN npm ci
COPY tsconfig.base.json tsconfig.json tsconfig.check.json ./
COPY scripts scripts
COPY sdk sdk
COPY src src
COPY policies policies
RUN npm run build && npm prune --omit=dev

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/sdk/package.json sdk/package.json
COPY --from=build /app/sdk/dist sdk/dist
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY policies policies
COPY deploy/executors executors
COPY deploy/healthcheck.mjs deploy/healthcheck.mjs
# The program's own folder belongs to root; it writes to its data folder and to /tmp only.
RUN install -d -o node -g node -m 0700 /var/lib/gatehouse
ENV GATEHOUSE_DATA=/var/lib/gatehouse GATEHOUSE_HOST=0.0.0.0
USER node
EXPOSE 4280
HEALTHCHECK --interval=10s --timeout=5s --retries=6 --start-period=30s CMD ["node", "deploy/healthcheck.mjs"]
# Node is process 1 and handles SIGTERM itself: it finishes what runs, then ends.
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["api"]
