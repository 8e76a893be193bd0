using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Cluster.Silo;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Cluster.Tests.Silo;

/// <summary>A member with its silo, without the rest of the server.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly TestDataFolder _folder = new();
    private readonly PostgresDatabase _database;
    private readonly SiloService _service;

    public TestSilo(string id, string connectionString, TlsOptions? tls = null, ILoggerFactory? logging = null)
    {
        IOptions<PostgresOptions> postgres = Options.Create(new PostgresOptions { ConnectionString = connectionString });
        MemberIdentity identity = new(id, MemberRole.All);
        _database = new PostgresDatabase(postgres, _folder.Data, TimeProvider.System, member: identity);
        Members = new PostgresMembers(_database, Options.Create(new MemberOptions()), NullLogger<PostgresMembers>.Instance);
        IOptions<SiloOptions> options = Options.Create(new SiloOptions
        {
            Port = 0,
            Tls = tls ?? new TlsOptions(),
            AllowInsecure = tls is null,
        });
        logging ??= NullLoggerFactory.Instance;
        _service = new SiloService(
            new SiloHost(options, postgres, identity, logging, []),
            options,
            Options.Create(new ServerOptions()),
            Members,
            _database,
            TimeProvider.System,
            logging);
    }

    public PostgresMembers Members { get; }

    public ISilo Silo => _service;

    /// <summary>The database of the member.</summary>
    public PostgresDatabase Database => _database;

    public Task StartAsync(CancellationToken cancellationToken) => _service.StartAsync(cancellationToken);

    public async Task<IGrainFactory> RunningAsync(CancellationToken cancellationToken)
    {
        await Waiting.UntilAsync(() => Task.FromResult(_service.Grains is not null), cancellationToken);
        return _service.Grains!;
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }
}
