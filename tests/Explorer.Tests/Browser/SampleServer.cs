using System.Text.Json;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Topics;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>
/// A server with its page, the real encoder and the sample or a part of it: corpus <c>addresses</c>, and model <c>addresses</c> with
/// version 1 (<c>stable</c>) and version 2, in which two topics are merged. Beside a part of the sample, model <c>hostile</c> has names and
/// documents full of markup, and a version <c>formula</c> with a topic that is called like a formula of a spreadsheet.
/// </summary>
internal sealed class SampleServer : IAsyncDisposable
{
    /// <summary>Text of the hostile documents and label of their topic. It sets a variable if a browser runs it.</summary>
    public const string Markup = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script> alert";

    /// <summary>Custom label of a hostile topic. A spreadsheet runs it if it is the content of a cell.</summary>
    public const string Formula = "=HYPERLINK(\"https://evil.example\", \"open\")";

    // Every eighth passage: about 390 documents of all years.
    private const int Step = 8;

    private readonly TempFolder _folder = new();
    private ServerHost _host = null!;

    /// <summary>Client without credentials.</summary>
    public TopicGrpcClient Client { get; private set; } = null!;

    /// <summary>Address of the page, with a slash at its end.</summary>
    public Uri Page => _host.PageAddress!;

    /// <summary>Starts a server with a part of the sample and the hostile model.</summary>
    public static async Task<SampleServer> StartAsync(CancellationToken cancellationToken)
    {
        FitSettings settings = new() { MinTopicSize = 4, CalculateProbabilities = true, TopicNames = "distinct" };
        SampleServer server = await StartAsync(Step, settings, cancellationToken);
        await server.AddHostileAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts a server with the whole sample, fitted as by <c>topicgrpc demo</c>. Its embedding takes minutes.</summary>
    public static Task<SampleServer> StartFullAsync(CancellationToken cancellationToken) =>
        StartAsync(step: 1, new FitSettings { Preset = FitPreset.Auto, CalculateProbabilities = true, Seed = 42 }, cancellationToken);

    private static async Task<SampleServer> StartAsync(int step, FitSettings settings, CancellationToken cancellationToken)
    {
        SampleServer server = new();
        server._host = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = server._folder.Path,
                Configuration = new Dictionary<string, string?> { ["Server:HttpPort"] = "0" },
            },
            cancellationToken);
        server.Client = new TopicGrpcClient(server._host.Address);
        await server.AddSampleAsync(step, settings, cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task AddSampleAsync(int step, FitSettings settings, CancellationToken cancellationToken)
    {
        await Client.IngestAsync("addresses", Sample(step), cancellationToken: cancellationToken);
        FitRequest request = new("addresses", "addresses") { Settings = settings, Labels = ["stable"] };
        await Client.FitAsync(request, cancellationToken: cancellationToken);
        FitHandle merge = await Client.Models.DeriveAsync(
            new ModelSelector("addresses") { Version = 1 }, new MergeTopics([[0, 1]]), cancellationToken: cancellationToken);
        await merge.WaitAsync(cancellationToken: cancellationToken);
    }

    private async Task AddHostileAsync(CancellationToken cancellationToken)
    {
        await Client.IngestAsync("hostile", Hostile(), cancellationToken: cancellationToken);
        FitSettings settings = new() { TopicAttribute = "kind" };
        FitRequest request = new("hostile", "hostile") { Settings = settings, Labels = ["stable"] };
        await Client.FitAsync(request, cancellationToken: cancellationToken);
        TopicList list = await Client.Topics.ListAsync("hostile@1", cancellationToken: cancellationToken);
        int plain = list.Topics.First(static topic => topic.Name == "plain" || topic.Label == "plain").Id;
        FitHandle rename = await Client.Models.DeriveAsync(
            "hostile@1",
            new SetTopicLabels(new Dictionary<int, string> { [plain] = Formula }),
            new DeriveOptions { Labels = ["formula"] },
            cancellationToken);
        await rename.WaitAsync(cancellationToken: cancellationToken);
    }

    private static async IAsyncEnumerable<TopicDocument> Sample(int step)
    {
        string file = Path.Combine(Checkout.Root, "samples", "state-of-the-union", "addresses-1961-2021.jsonl");
        int number = 0;
        await foreach (string line in File.ReadLinesAsync(file))
        {
            if (number++ % step != 0)
            {
                continue;
            }

            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            yield return new TopicDocument(root.GetProperty("id").GetString()!, root.GetProperty("text").GetString()!)
            {
                Time = new DateTimeOffset(root.GetProperty("year").GetInt32(), 1, 1, 0, 0, 0, TimeSpan.Zero),
                Attributes = new Dictionary<string, string> { ["party"] = root.GetProperty("party").GetString()! },
            };
        }
    }

    private static async IAsyncEnumerable<TopicDocument> Hostile()
    {
        await Task.CompletedTask;
        for (int index = 0; index < 24; index++)
        {
            yield return new TopicDocument($"<b>d{index}</b>", $"{Markup} number {index}")
            {
                Attributes = new Dictionary<string, string> { ["kind"] = index % 2 == 0 ? Markup : "plain" },
            };
        }
    }
}
