using System.Diagnostics;
using Grpc.Core;
using TopicGrpc.Server.Audit;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Keys;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace TopicGrpc.Server;

/// <summary>A key that is created on a data folder while no server runs: the way to the first key.</summary>
/// <param name="DisplayName">Human-readable name, 1 to 64 bytes.</param>
/// <param name="Role">What callers may do: reader, writer, trainer or admin.</param>
public sealed record OfflineKey(string DisplayName, string Role)
{
    /// <summary>Ids of the models that callers see; an asterisk matches any characters. None: every model.</summary>
    public IReadOnlyList<string> ModelPatterns { get; init; } = [];

    /// <summary>Ids of the corpora that callers see, as <see cref="ModelPatterns"/>.</summary>
    public IReadOnlyList<string> CorpusPatterns { get; init; } = [];

    /// <summary>When the key ends; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Limits of the callers with the key together.</summary>
    public OfflineKeyQuota Quota { get; init; } = new();

    /// <summary>Adds services that the server uses instead of its own; see <see cref="ServerSettings.Compose"/>.</summary>
    public Action<IHostApplicationBuilder>? Compose { get; init; }

    /// <summary>
    /// Creates the key and records it in the audit log, with the user of the operating system as the caller. A data folder that does not
    /// exist is created.
    /// </summary>
    /// <param name="dataDirectory">Data folder.</param>
    /// <returns>Id and secret of the key; the secret is not stored.</returns>
    /// <exception cref="ServerStartException">A setting is invalid, or a server uses the data folder.</exception>
    public async Task<(string Id, string Secret)> CreateAsync(string dataDirectory)
    {
        try
        {
            ApiKey key = new()
            {
                DisplayName = DisplayName,
                Role = Enum.Parse<V1.Role>(Role, ignoreCase: true),
                ModelPatterns = { ModelPatterns },
                CorpusPatterns = { CorpusPatterns },
                Quota = Quota.ToMessage(),
                ExpireTime = Expires is { } expires ? Timestamp.FromDateTimeOffset(expires) : null,
            };
            if (RequestLimits.Check(key) is { } violations)
            {
                throw Fault.InvalidFields(violations);
            }

            await using WebApplication application = ServerApplication.CreateOffline(dataDirectory, Compose);
            (KeyEntry created, string secret) = application.Services.GetRequiredService<KeyStore>().Create(key);
            await application.Services.GetRequiredService<AuditLog>().ChangedAsync(
                EntryOf(created.Row.Id, application.Services.GetRequiredService<TimeProvider>()));
            return (created.Row.Id, secret);
        }
        catch (ServiceException rejected)
        {
            throw new ServerStartException(rejected.Message, StartupException.OtherError, rejected);
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } message)
        {
            throw new ServerStartException(message, StartFailure.ExitCode(exception), exception);
        }
    }

    // No server authenticates the caller here: a process that may write the data folder is trusted.
    private static AuditEntry EntryOf(string id, TimeProvider clock) => new(
        clock.GetUtcNow(),
        $"offline/{Environment.UserName}",
        "local",
        $"/{KeyService.Descriptor.FullName}/{nameof(KeyService.KeyServiceClient.CreateKey)}",
        [$"name={ResourceNames.Key(id)}"],
        StatusNames.Of(StatusCode.OK),
        Reason: null,
        Activity.Current?.TraceId.ToString() ?? ActivityTraceId.CreateRandom().ToString());
}
