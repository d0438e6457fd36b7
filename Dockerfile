# One image for the API, the worker and the migration, which differ only in their command. CI runs on the same major of
# Node (scripts/ci.mjs).

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install scripts: the build needs none, and ffmpeg comes from Debian.
RUN npm ci --include=dev --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
COPY workflows ./workflows
COPY activities ./activities
RUN node scripts/build.mjs \
  && node --input-type=module --eval \
    "import { fonts } from './scripts/setup/fonts.mjs'; await fonts.run({ root: process.cwd() })"

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Optional packages are the embedded PostgreSQL, ffmpeg for machines without one, and the build's compiler.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
# The faces in dist/fonts draw text as on every other machine. FONTS_DIR=/usr/share/fonts switches to Debian's Noto,
# which has more scripts.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ffmpeg fonts-noto-core \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
RUN install --directory --owner=node --group=node /data
# The API is open to a network here, so it asks for keys.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 AUTH=keys DATA_DIR=/data \
  FFMPEG_PATH=/usr/bin/ffmpeg FFPROBE_PATH=/usr/bin/ffprobe FONTS_DIR=/app/dist/fonts
USER node
VOLUME /data
EXPOSE 8000
# The check is the API's. A worker does not listen, and its service switches the check off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/src/api.js"]
