using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Keys;
using TopicGrpc.Client.Settings;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>A server with its page and a fake encoder that a test can block. It starts empty and in a moment.</summary>
internal sealed class SmallServer : IAsyncDisposable
{
    /// <summary>Id of the corpus and of its model.</summary>
    public const string Name = "news";

    private readonly TempFolder _folder = new();
    private ServerHost _host = null!;

    /// <summary>Encoder of the server.</summary>
    public FakeEmbedder Embedder { get; } = new();

    /// <summary>Client of an administrator.</summary>
    public TopicGrpcClient Client { get; private set; } = null!;

    /// <summary>Address of the page, with a slash at its end.</summary>
    public Uri Page => _host.PageAddress!;

    public static async Task<SmallServer> StartAsync(CancellationToken cancellationToken)
    {
        SmallServer server = new();
        server._host = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = server._folder.Path,
                Embedder = server.Embedder,
                Configuration = new Dictionary<string, string?> { ["Server:HttpPort"] = "0" },
            },
            cancellationToken);
        server.Client = new TopicGrpcClient(server._host.Address);
        return server;
    }

    /// <summary>Ingests documents of four themes.</summary>
    public Task IngestAsync(int count, CancellationToken cancellationToken) => Client.IngestAsync(
        Name,
        Enumerable.Range(0, count)
            .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
            .ToAsyncEnumerable(),
        cancellationToken: cancellationToken);

    /// <summary>Fits a version with the label <c>stable</c>.</summary>
    public Task FitAsync(CancellationToken cancellationToken) => Client.FitAsync(
        new FitRequest(Name, Name) { Settings = new FitSettings { MinTopicSize = 10 }, Labels = ["stable"] },
        cancellationToken: cancellationToken);

    /// <summary>
    /// Creates a key. From the first key on, the server needs credentials, and <see cref="Client"/> has those of an administrator.
    /// </summary>
    public async Task<IssuedKey> CreateKeyAsync(KeySettings key, CancellationToken cancellationToken)
    {
        if (!await Client.Keys.ListAsync(cancellationToken: cancellationToken).AnyAsync(cancellationToken))
        {
            IssuedKey admin = await Client.Keys.CreateAsync(
                new KeySettings { DisplayName = "admin", Role = KeyRole.Admin }, cancellationToken);
            Client.Dispose();
            Client = new TopicGrpcClient(new TopicGrpcClientOptions { Address = _host.Address, ApiKey = admin.Secret });
        }

        return await Client.Keys.CreateAsync(key, cancellationToken);
    }

    /// <summary>Stops the server; its page ends with it.</summary>
    public async ValueTask DisposeAsync()
    {
        Embedder.Release();
        Client?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Embedder.Dispose();
        _folder.Dispose();
    }
}
