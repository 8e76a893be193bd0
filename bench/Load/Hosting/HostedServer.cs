using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Planting;
using TopicGrpc.Onnx;
using TopicGrpc.Server;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Keys;
using TopicGrpc.Server.Maps;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Load.Hosting;

/// <summary>The child process: a server that also answers commands on standard input, one line each, until the input ends.</summary>
internal static class HostedServer
{
    public const string State = "state";
    public const string Collect = "collect";
    public const string Keep = "keep";
    public const string Digest = "digest";
    public const string Key = "key";
    public const string Layout = "layout";

    /// <summary>How often the server reads its certificate file.</summary>
    public static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(0.5);

    private const double Megabyte = 1 << 20;

    public static async Task RunAsync(ServerArguments arguments, CancellationToken cancellationToken)
    {
        EmbedderPrecision precision = arguments.Precision == "fast" ? EmbedderPrecision.Fast : EmbedderPrecision.Full;
        using OnnxEmbedder? encoder = arguments.Precision == ServerArguments.Planted
            ? null
            : OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = precision });
        WatchedEmbedder embedder = new(encoder ?? (IEmbedder)new PlantedEmbedder());
        using MeterReader meters = new();
        await using ServerHost host = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = arguments.DataDirectory,
                Port = arguments.Port,
                Embedder = embedder,
                Reflection = true,
                Configuration = new Dictionary<string, string?>
                {
                    ["Models:KeepLoaded"] = FormattableString.Invariant($"{arguments.KeepLoaded}"),

                    // Only KeepLoaded retains previous versions, so that a scenario controls which versions are loaded.
                    ["Models:KeepPrevious"] = "00:00:00",
                    // The web page needs HTTP/1.1, which the port of the calls has only with TLS.
                    ["Server:HttpPort"] = arguments.CertificateFile.Length == 0 ? "0" : null,
                    ["Server:Tls:CertificateFile"] = arguments.CertificateFile,
                    ["Server:Tls:ReloadInterval"] = ReloadInterval.ToString(),
                },
            },
            cancellationToken);
        Console.WriteLine($"{host.Address}\t{host.PageAddress}");
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            string[] words = line.Split('\t');
            if (words[0] == Keep)
            {
                KeepEmbeddings(
                    host,
                    embedder,
                    words[1],
                    new CorpusSource(new FileInfo(words[2]), new FileInfo(words[3])),
                    int.Parse(words[4], System.Globalization.CultureInfo.InvariantCulture));
            }

            if (words[0] == Layout)
            {
                await StoreLayoutAsync(host, words[1], cancellationToken);
            }

            Console.WriteLine(words[0] switch
            {
                Digest => JsonSerializer.Serialize(await DigestAsync(host, words[1], cancellationToken)),
                Key => JsonSerializer.Serialize(await CreateKeyAsync(host, words[1], cancellationToken)),
                _ => JsonSerializer.Serialize(StateOf(embedder, meters, collect: words[0] == Collect)),
            });
        }
    }

    private static async Task<DocumentDigest> DigestAsync(ServerHost host, string corpus, CancellationToken cancellationToken)
    {
        List<Document> documents = await host.Services.GetRequiredService<CorpusStore>().Get(corpus).Corpus.ReadAllAsync(cancellationToken);
        return DocumentDigest.Of(documents.Select(static document => (document.Id, document.Text)));
    }

    /// <summary>Stores planted points where the server stores those that it has computed.</summary>
    private static async Task StoreLayoutAsync(ServerHost host, string model, CancellationToken cancellationToken)
    {
        using VersionLease lease = await host.Services.GetRequiredService<ModelRegistry>()
            .AcquireAsync(new VersionSelector(model, Number: 1, Label: null), cancellationToken);
        Matrix points = PlantedLayout.Of(lease.Handle.Content.Assignments);
        host.Services.GetRequiredService<MapStore>().Write(lease.Handle, points);
    }

    private static async Task<CreatedKey> CreateKeyAsync(ServerHost host, string message, CancellationToken cancellationToken)
    {
        KeyOrder order = JsonSerializer.Deserialize<KeyOrder>(message)!;
        V1.ApiKey settings = new()
        {
            DisplayName = "load",
            Role = V1.Role.Reader,
            ModelPatterns = { order.ModelPattern },
            Quota = new V1.Quota { CallsPerSecond = order.CallsPerSecond },
        };
        KeyStore keys = host.Services.GetRequiredService<KeyStore>();
        (_, string secret) = await keys.RunAsync(store => store.Create(settings), cancellationToken);
        return new CreatedKey(secret);
    }

    private static ServerState StateOf(WatchedEmbedder embedder, MeterReader meters, bool collect)
    {
        if (collect)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }

        using var process = Process.GetCurrentProcess();
        IReadOnlyDictionary<string, long> observed = meters.Observe();
        return new ServerState
        {
            ProcessorSeconds = process.TotalProcessorTime.TotalSeconds,
            ResidentMegabytes = process.WorkingSet64 / Megabyte,
            HeapMegabytes = GC.GetTotalMemory(forceFullCollection: false) / Megabyte,
            Leases = observed.GetValueOrDefault("topicgrpc.version.leases"),
            QueuedTokens = observed.GetValueOrDefault("topicgrpc.queue.tokens"),
            WastedTokens = observed.GetValueOrDefault("topicgrpc.wasted_tokens"),
            Answered = meters.Answered,
            Loads = meters.Loads,
            Inferences = embedder.Runs,
            LateInferences = embedder.Late,
            AbandonedInferences = embedder.Abandoned,
            FullCollections = GC.CollectionCount(2),
        };
    }

    /// <summary>Writes recorded vectors to the server's embedding store, so that a fit embeds nothing.</summary>
    private static void KeepEmbeddings(ServerHost host, WatchedEmbedder embedder, string corpus, CorpusSource source, int count) =>
        host.Services.GetRequiredService<EmbeddingCache>().Append(
            corpus,
            embedder.Info.Sha256,
            embedder.Info.Dimension,
            [.. source.ReadVectors(count).Select(static row => (EmbeddingCache.KeyOf(row.Text), row.Vector, false))]);
}
