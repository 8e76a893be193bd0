using Npgsql;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Load.Clusters;

/// <summary>
/// Three members in processes of their own, with a fake encoder, a database server of their own, and a corpus and a model with two
/// versions.
/// </summary>
internal sealed class LoadCluster : IAsyncDisposable
{
    /// <summary>Id of the corpus and the model with versions 1 and 2; <c>stable</c> is version 1.</summary>
    public const string News = "news";

    /// <summary>The label that calls without a version use.</summary>
    public const string Label = "stable";

    private const int Count = 3;
    private const int Documents = 120;

    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(2);

    private readonly PostgresProcess _postgres = new();
    private readonly MemberCluster _members;
    private readonly string _connectionString;
    private readonly List<TopicGrpcClient> _clients = [];

    private LoadCluster(IReadOnlyDictionary<string, string> options)
    {
        _connectionString = _postgres.CreateDatabase();
        _members = new MemberCluster(Count, _connectionString, options: options);
    }

    /// <summary>Why no cluster can run here; null: one can.</summary>
    public static string? Missing =>
        PostgresProcess.IsInstalled ? null : $"the package postgresql is not installed ({PostgresProcess.Expected})";

    public IReadOnlyList<MemberProcess> Members => _members.Members;

    /// <summary>Starts the members and fits both versions.</summary>
    /// <param name="options">Options of all members; names without a colon are arguments of their fake encoder.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<LoadCluster> StartAsync(IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        LoadCluster cluster = new(options);
        try
        {
            await cluster._members.StartAsync(cancellationToken);
            foreach (MemberProcess member in cluster.Members)
            {
                await member.WaitUntilReadyAsync(ReadyTimeout, cancellationToken);
            }

            await cluster.PrepareAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Settings of a fit of <see cref="News"/> that takes about a second.</summary>
    /// <param name="words">Words of a topic.</param>
    public static FitSettings Settings(int words = 10) => new() { MinTopicSize = 20, TopWordCount = words };

    /// <summary>Returns a client that balances over all members. The cluster disposes it.</summary>
    public TopicGrpcClient Client()
    {
        TopicGrpcClientOptions options = new() { Retry = new RetryOptions { MaxRetries = 10 } };
        foreach (Uri address in _members.Addresses)
        {
            options.Addresses.Add(address);
        }

        return Own(options);
    }

    /// <summary>Returns a client of each member that retries nothing. The cluster disposes them.</summary>
    public TopicGrpcClient[] ClientsOfMembers() =>
    [
        .. Members.Select(member => Own(new TopicGrpcClientOptions
        {
            Address = member.Address,
            Retry = new RetryOptions { Enabled = false },
        })),
    ];

    /// <summary>Starts a member that has ended, and waits until it is ready.</summary>
    public static async Task RestartAsync(MemberProcess member, CancellationToken cancellationToken)
    {
        await member.StartAsync(cancellationToken);
        await member.WaitUntilReadyAsync(ReadyTimeout, cancellationToken);
    }

    /// <summary>Stops PostgreSQL as a crash does.</summary>
    public void StopDatabase() => _postgres.Crash();

    /// <summary>Starts PostgreSQL again.</summary>
    public void StartDatabase() => _postgres.Start();

    /// <summary>Returns the member that runs a job; null: none does.</summary>
    public async Task<MemberProcess?> FindRunnerAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using NpgsqlCommand command = source.CreateCommand("SELECT member FROM job_claims WHERE member <> ''");
        string? id = (string?)await command.ExecuteScalarAsync(cancellationToken);
        return Members.FirstOrDefault(member => member.Id == id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(static client => client.Dispose());
        await _members.DisposeAsync();
        _postgres.Dispose();
    }

    private TopicGrpcClient Own(TopicGrpcClientOptions options)
    {
        TopicGrpcClient client = new(options);
        _clients.Add(client);
        return client;
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        TopicGrpcClient client = Client();
        await client.IngestAsync(News, Texts(Documents).ToAsyncEnumerable(), cancellationToken: cancellationToken);
        await client.FitAsync(
            new FitRequest(News, News) { Settings = Settings(), Labels = [Label] }, cancellationToken: cancellationToken);
        await client.FitAsync(new FitRequest(News, News) { Settings = Settings(words: 5) }, cancellationToken: cancellationToken);
    }

    private static IEnumerable<TopicDocument> Texts(int count) => Enumerable.Range(0, count)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)));
}
