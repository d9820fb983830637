# The widgets are built with everything that builds and tests need …
FROM node:24.21.0-slim AS widgets
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY vite.config.ts tsconfig.json ./
COPY app app
COPY widgets widgets
COPY server server
RUN npm run build

# … the server runs with what it needs itself,
FROM node:24.21.0-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# and as it is written: this version of Node takes the types off by itself.
FROM node:24.21.0-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3600 DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY server server
COPY --from=widgets /app/dist/app dist/app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3600
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3600/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
