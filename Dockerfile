# Two layers that change at different speeds: packages first, sources after. deploy/pin-images replaces the digests by those of the tags.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0@sha256:e1ffd2a92ae84c1291bc1b6887501f8af98e6331e7af6d4c8d37168c5e87a64c
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0@sha256:a4556ed033fa96f984bb7a8d348851cb2d36b1281dd2420070045f664fbb5f94

FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig LICENSE README.md THIRD-PARTY-NOTICES.txt ./
COPY src/Shared/Shared.csproj src/Shared/packages.lock.json src/Shared/
COPY src/Engine/Engine.csproj src/Engine/packages.lock.json src/Engine/
COPY src/Onnx/Onnx.csproj src/Onnx/packages.lock.json src/Onnx/
COPY src/Tables/Tables.csproj src/Tables/packages.lock.json src/Tables/
COPY src/Server/Server.csproj src/Server/packages.lock.json src/Server/
COPY src/Cluster/Cluster.csproj src/Cluster/packages.lock.json src/Cluster/
COPY src/Explorer/Explorer.csproj src/Explorer/packages.lock.json src/Explorer/
COPY src/Client.Sdk/Client.Sdk.csproj src/Client.Sdk/packages.lock.json src/Client.Sdk/
COPY src/Cli/Cli.csproj src/Cli/packages.lock.json src/Cli/
RUN dotnet restore src/Cli/Cli.csproj --locked-mode
COPY protos protos
COPY samples samples
COPY models models
COPY docs/openapi.json docs/openapi.json
COPY sbom sbom
COPY src src
RUN dotnet publish src/Cli/Cli.csproj -c Release --no-restore -o /app

FROM ${RUNTIME_IMAGE}
WORKDIR /app
# The encoder is the largest part and changes least: a layer of its own below the program.
COPY models models
COPY --from=build /app .
RUN mkdir /data && chown $APP_UID /data
USER $APP_UID
VOLUME /data
EXPOSE 5400 5401
# Weights in large pages: a short text takes a twentieth to a tenth less, with the same bits.
ENV Storage__Directory=/data \
    Embedding__Directory=/app/models/all-MiniLM-L6-v2 \
    Server__Address=0.0.0.0 \
    Server__HttpPort=5401 \
    Server__AllowInsecure=true \
    DOTNET_EnableDiagnostics=0 \
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1
# The root can be read-only; the server writes to /data alone.
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s CMD ["./topicgrpc", "health"]
ENTRYPOINT ["dotnet", "TopicGrpc.Server.dll"]
