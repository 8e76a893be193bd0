using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Topics;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// A version assigns a corpus of documents with embeddings: documents per second. Then another version assigns it while the server is
/// killed again and again: every document has exactly one topic, that of an assignment without kills.
/// </summary>
internal sealed class AssignScenario : IScenario
{
    private const string Model = "planted";
    private const string Training = "training";
    private const string Archive = "archive";
    private const int Dimension = 384;
    private const int Groups = 50;
    private const int TrainingDocuments = 10_000;
    private const double LeastRate = 12_000;

    private static readonly string[] Words = ["rocket", "orbit", "goalie", "puck", "market", "harvest", "river", "trade", "orange", "news"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public string Name => "assign";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("topicgrpc-assign-").FullName;
        ServerArguments arguments = new(folder, "fast", KeepLoaded: 2);
        ServerChild server = await ServerChild.StartAsync(arguments, cancellationToken);
        try
        {
            arguments = arguments with { Port = server.Address.Port };
            using TopicGrpcClient client = new(server.Address);
            int documents = context.Plan.VectorDocuments;
            await FillAsync(client, Training, TrainingDocuments, cancellationToken);
            await FillAsync(client, Archive, documents, cancellationToken);
            await FitAsync(client, cancellationToken);
            await FitAsync(client, cancellationToken);

            double before = (await server.StateAsync(collect: true, cancellationToken)).ProcessorSeconds;
            long started = Stopwatch.GetTimestamp();
            FitHandle job = await client.Fits.AssignAsync($"{Model}@1", Archive, cancellationToken: cancellationToken);
            await job.WaitAsync(cancellationToken: cancellationToken);
            double rate = documents / Stopwatch.GetElapsedTime(started).TotalSeconds;
            ServerState state = await server.StateAsync(collect: false, cancellationToken);
            double cost = (state.ProcessorSeconds - before) / documents * 1_000_000;

            FitHandle killed = await client.Fits.AssignAsync($"{Model}@2", Archive, cancellationToken: cancellationToken);
            int kills = 0;
            while (kills < context.Plan.Kills && await IsAssigningAsync(killed, cancellationToken))
            {
                await server.KillAsync(cancellationToken);
                ServerChild next = await ServerChild.StartAsync(arguments, cancellationToken);
                await server.DisposeAsync();
                server = next;
                kills++;
            }

            await killed.WaitAsync(cancellationToken: cancellationToken);
            Dictionary<string, int> first = [];
            long listed = await ListAsync(client, version: 1, (id, topic) => first[id] = topic, cancellationToken);
            HashSet<string> ids = [];
            long different = 0;
            long again = await ListAsync(
                client,
                version: 2,
                (id, topic) => different += ids.Add(id) && first.GetValueOrDefault(id, int.MinValue) == topic ? 0 : 1,
                cancellationToken);
            return
            [
                Figure.AtLeast(
                    Name, string.Create(CultureInfo.InvariantCulture, $"{documents:N0} documents assigned per second"), LeastRate, rate),
                Figure.Note(Name, "processor time of the server per document", Figure.Text(cost, "µs")),
                Figure.Note(Name, "resident memory of the server afterwards", Figure.Text(state.ResidentMegabytes, "MB")),
                Figure.Zero(Name, "documents missing or extra", Math.Abs(documents - listed) + Math.Abs(documents - first.Count)),
                Figure.Note(Name, "share of outliers", Figure.Text((double)first.Values.Count(static topic => topic < 0) / documents)),
                Figure.AtLeast(Name, "kills during an assignment", context.Plan.Kills, kills),
                Figure.Zero(Name, "documents missing or extra after the kills", Math.Abs(documents - again)),
                Figure.Zero(Name, "documents twice or with another topic after the kills", different),
            ];
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(TopicGrpcClient client, string corpus, int documents, CancellationToken cancellationToken)
    {
        CreateCorpusOptions given = new() { GivenEmbeddings = new GivenEmbeddings { Dimension = Dimension, Encoder = "bench" } };
        await client.Corpora.CreateAsync(corpus, given, cancellationToken);
        await client.Corpora.IngestAsync(corpus, Sent(documents).ToAsyncEnumerable(), cancellationToken: cancellationToken);
    }

    private static async Task FitAsync(TopicGrpcClient client, CancellationToken cancellationToken)
    {
        FitSettings settings = FitSettings.Bertopic with { MinTopicSize = 50 };
        FitHandle fit = await client.Fits.StartAsync(new FitRequest(Model, Training) { Settings = settings }, cancellationToken);
        await fit.WaitAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Waits until a run has stored a block, and not more than that.</summary>
    /// <returns>False if the job ended meanwhile.</returns>
    private static async Task<bool> IsAssigningAsync(FitHandle job, CancellationToken cancellationToken)
    {
        while (true)
        {
            FitInfo info = await job.GetAsync(cancellationToken);
            if (info.State is not (FitState.Queued or FitState.Running))
            {
                return false;
            }

            if (info.Progress is { Stage: FitStage.Assignment, Fraction: > 0 })
            {
                return true;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<long> ListAsync(
        TopicGrpcClient client, int version, Action<string, int> visit, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (DocumentTopic document in client.Topics.ListDocumentsAsync(
            $"{Model}@{version}", new ListDocumentsOptions { Corpus = Archive }, cancellationToken))
        {
            visit(document.DocumentId, document.TopicId);
            count++;
        }

        return count;
    }

    /// <summary>Generates documents around planted centers, equal on every enumeration.</summary>
    private static IEnumerable<TopicDocument> Sent(int documents)
    {
        Random random = new(1);
        float[][] centers = [.. Enumerable.Range(0, Groups).Select(_ => Vector(random, 1))];
        for (int number = 0; number < documents; number++)
        {
            int group = random.Next(Groups);
            float[] noise = Vector(random, 0.6f);
            for (int index = 0; index < Dimension; index++)
            {
                noise[index] += centers[group][index];
            }

            string id = string.Create(CultureInfo.InvariantCulture, $"d{number}");
            yield return new TopicDocument(id, string.Create(
                CultureInfo.InvariantCulture, $"{id} {Words[group % Words.Length]} {Words[group / Words.Length]} group{group}"))
            {
                Embedding = noise,
            };
        }
    }

    private static float[] Vector(Random random, float scale)
    {
        float[] vector = new float[Dimension];
        for (int index = 0; index < Dimension; index++)
        {
            vector[index] = scale * (random.NextSingle() - 0.5f);
        }

        return vector;
    }
}
