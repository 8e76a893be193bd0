using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// An upload of short documents with embeddings of 384 numbers over loopback, each document durable when it is acknowledged: documents per
/// second, processor time of server and client for each, and whether the corpus is complete after a restart.
/// </summary>
internal sealed class IngestVectorsScenario : IScenario
{
    private const string Corpus = "vectors";
    private const int Dimension = 384;
    private const int Distinct = 1024;
    private const double LeastRate = 25_000;

    /// <inheritdoc/>
    public string Name => "ingest-vectors";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        int documents = context.Plan.VectorDocuments;
        string folder = Directory.CreateTempSubdirectory("topicgrpc-ingest-vectors-").FullName;
        try
        {
            ServerArguments arguments = new(folder, "full", 1);
            double rate;
            double cost;
            double clientCost;
            double resident;
            await using (ServerChild server = await ServerChild.StartAsync(arguments, cancellationToken))
            {
                using TopicGrpcClient client = new(server.Address);
                CreateCorpusOptions given = new() { GivenEmbeddings = new GivenEmbeddings { Dimension = Dimension, Encoder = "bench" } };
                await client.Corpora.CreateAsync(Corpus, given, cancellationToken);
                double before = (await server.StateAsync(collect: true, cancellationToken)).ProcessorSeconds;
                TimeSpan clientBefore = Environment.CpuUsage.TotalTime;
                long started = Stopwatch.GetTimestamp();
                await client.Corpora.IngestAsync(Corpus, Sent(documents).ToAsyncEnumerable(), cancellationToken: cancellationToken);
                rate = documents / Stopwatch.GetElapsedTime(started).TotalSeconds;
                ServerState state = await server.StateAsync(collect: false, cancellationToken);
                cost = (state.ProcessorSeconds - before) / documents * 1_000_000;
                clientCost = (Environment.CpuUsage.TotalTime - clientBefore).TotalSeconds / documents * 1_000_000;
                resident = state.ResidentMegabytes;
            }

            await using ServerChild again = await ServerChild.StartAsync(arguments, cancellationToken);
            using TopicGrpcClient reader = new(again.Address);
            long opening = Stopwatch.GetTimestamp();
            CorpusInfo corpus = await reader.Corpora.GetAsync(Corpus, cancellationToken);
            string opened = Figure.Text(Stopwatch.GetElapsedTime(opening).TotalSeconds, "s");
            return
            [
                Figure.AtLeast(Name, string.Create(CultureInfo.InvariantCulture, $"{documents:N0} documents per second"), LeastRate, rate),
                Figure.Note(Name, "processor time of the server per document", Figure.Text(cost, "µs")),
                Figure.Note(Name, "processor time of the client per document", Figure.Text(clientCost, "µs")),
                Figure.Note(Name, "resident memory of the server after the upload", Figure.Text(resident, "MB")),
                Figure.Zero(Name, "documents missing after a restart", documents - corpus.DocumentCount),
                Figure.Note(Name, "first access after the restart", opened),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<TopicDocument> Sent(int documents)
    {
        Random random = new(1);
        float[][] vectors = new float[Distinct][];
        for (int index = 0; index < Distinct; index++)
        {
            vectors[index] = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
        }

        for (int number = 0; number < documents; number++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"d{number}");
            yield return new TopicDocument(id, id + " the market opened with news about harvest, river trade and the price of oranges")
            {
                Embedding = vectors[number % Distinct],
            };
        }
    }
}
