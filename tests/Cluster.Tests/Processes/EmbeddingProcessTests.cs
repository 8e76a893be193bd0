using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Processes;

/// <summary>A member with the role <c>Embed</c> works for the fit of another, and dies of a text.</summary>
public sealed class EmbeddingProcessTests(PostgresServer postgres) : IDisposable
{
    private const string Deadly = "kaboom";
    private const int Documents = 400;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fit_EmbeddingMemberDiesOfAText_FinishesWithAllDocuments()
    {
        string connectionString = postgres.CreateDatabase();
        await using MemberProcess coordinator = Create("member-1", connectionString, []);
        await using MemberProcess embedding = Create("member-2", connectionString, new Dictionary<string, string>
        {
            ["Cluster:Member:Role"] = "Embed",
            ["abort"] = Deadly,
        });
        await Task.WhenAll(coordinator.StartAsync(Token), embedding.StartAsync(Token));
        await coordinator.WaitUntilReadyAsync(Timeout, Token);
        using TopicGrpcClient client = new(coordinator.Address);
        await client.Corpora.CreateAsync("news", cancellationToken: Token);

        // All texts are deadly for the other member: the first one that it embeds ends it.
        await client.IngestAsync(
            "news",
            Enumerable.Range(0, Documents).Select(static number => new TopicDocument(
                FormattableString.Invariant($"d{number}"), $"{ThemedTexts.Text(number)} {Deadly}")).ToAsyncEnumerable(),
            cancellationToken: Token);

        FitResult fit;
        do
        {
            // The silos of both may still be starting; then the coordinator embeds alone.
            await client.IngestAsync(
                "news",
                Enumerable.Range(0, 64).Select(number => new TopicDocument(
                    Guid.NewGuid().ToString("N"), $"{ThemedTexts.Text(number)} {Deadly} {Guid.NewGuid():N}")).ToAsyncEnumerable(),
                cancellationToken: Token);
            fit = await client.FitAsync(
                new FitRequest("news", "news") { Settings = new FitSettings { MinTopicSize = 10 } }, cancellationToken: Token);
        }
        while (embedding.IsRunning);

        Assert.True(fit.Report.DocumentCount >= Documents);
        Assert.DoesNotContain(fit.Report.Warnings, static warning => warning.Contains("left out", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private MemberProcess Create(string id, string connectionString, Dictionary<string, string> options)
    {
        Directory.CreateDirectory(_folder.At("objects"));
        options["Cluster:Postgres:ConnectionString"] = connectionString;
        options["Cluster:Member:Id"] = id;
        options["Cluster:Silo:Port"] = "0";
        options["Cluster:Silo:AllowInsecure"] = "true";
        options["Cluster:Embedding:ChunkTexts"] = "8";
        options["Cluster:ObjectStore:Folder"] = _folder.At("objects");
        return new MemberProcess(id, _folder.At(id), MemberProgram.FakeEncoder, options);
    }
}
