using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Client.Keys;
using TopicGrpc.Client.Servers;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Returns the server information that the test set. The default is that of a server with default settings.</summary>
internal sealed class FakeServerService(TimeProvider time) : Wire.ServerService.ServerServiceBase
{
    private volatile ServerInfo _info = Default(time.GetUtcNow());
    private volatile CallerInfo _caller = new()
    {
        Name = "anonymous",
        Role = KeyRole.Admin,
        ModelPatterns = ["*"],
        CorpusPatterns = ["*"],
    };

    public ServerInfo Info
    {
        get => _info;
        set => _info = value;
    }

    public CallerInfo Caller
    {
        get => _caller;
        set => _caller = value;
    }

    public override Task<Wire.GetCallerResponse> GetCaller(Wire.GetCallerRequest request, ServerCallContext context)
    {
        CallerInfo caller = _caller;
        return Task.FromResult(new Wire.GetCallerResponse
        {
            Caller = caller.Name,
            Role = (Wire.Role)caller.Role,
            ModelPatterns = { caller.ModelPatterns },
            CorpusPatterns = { caller.CorpusPatterns },
            ExpireTime = caller.ValidUntil is { } end ? Timestamp.FromDateTimeOffset(end) : null,
        });
    }

    public override Task<Wire.GetServerInfoResponse> GetServerInfo(Wire.GetServerInfoRequest request, ServerCallContext context)
    {
        ServerInfo info = _info;
        ServerLimits limits = info.Limits;
        return Task.FromResult(new Wire.GetServerInfoResponse
        {
            ServerVersion = info.Version,
            StartTime = info.Started is { } started ? Timestamp.FromDateTimeOffset(started) : null,
            Uptime = Duration.FromTimeSpan(info.Uptime),
            Limits = new Wire.GetServerInfoResponse.Types.Limits
            {
                MaxMessageBytes = limits.MaxMessageBytes,
                MaxTextBytes = limits.MaxTextBytes,
                MaxTokens = limits.MaxTokens,
                MaxBatchTexts = limits.MaxBatchTexts,
                MaxQueue = limits.MaxQueue,
                MaxChunkDocuments = limits.MaxChunkDocuments,
                MaxQueuedFits = limits.MaxQueuedFits,
                MaxDocumentIdBytes = limits.MaxDocumentIdBytes,
            },
            Encoders =
            {
                info.Encoders.Select(static encoder => new Wire.GetServerInfoResponse.Types.Encoder
                {
                    Id = encoder.Id,
                    Sha256 = encoder.Sha256,
                    Dimension = encoder.Dimension,
                    Precision = encoder.Precision,
                }),
            },
        });
    }

    private static ServerInfo Default(DateTimeOffset started) => new()
    {
        Version = typeof(FakeServerService).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        Started = started,
        Limits = new ServerLimits
        {
            MaxMessageBytes = 8 << 20,
            MaxTextBytes = 1 << 20,
            MaxTokens = 256,
            MaxBatchTexts = 256,
            MaxQueue = 512,
            MaxChunkDocuments = 1000,
            MaxQueuedFits = 16,
            MaxDocumentIdBytes = 256,
        },
        Encoders = [new EncoderInfo("all-MiniLM-L6-v2", "", 384, "full")],
    };
}
