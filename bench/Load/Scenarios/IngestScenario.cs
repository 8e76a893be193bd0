using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Uploads of short documents: documents per second, and the processor time of the server for each.</summary>
internal sealed class IngestScenario : IScenario
{
    private const int Documents = 50_000;
    private const int Rounds = 5;

    /// <inheritdoc/>
    public string Name => "ingest";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("topicgrpc-ingest-").FullName;
        try
        {
            await using ServerChild server = await ServerChild.StartAsync(new ServerArguments(folder, "full", 1), cancellationToken);
            using TopicGrpcClient client = new(server.Address);
            List<double> rates = [];
            List<double> costs = [];
            for (int round = 0; round <= Rounds; round++)
            {
                string corpus = string.Create(CultureInfo.InvariantCulture, $"c{round}");
                await client.Corpora.CreateAsync(corpus, cancellationToken: cancellationToken);
                double before = (await server.StateAsync(collect: true, cancellationToken)).ProcessorSeconds;
                long started = Stopwatch.GetTimestamp();
                await client.Corpora.IngestAsync(corpus, Sent().ToAsyncEnumerable(), cancellationToken: cancellationToken);
                double took = Stopwatch.GetElapsedTime(started).TotalSeconds;
                double used = (await server.StateAsync(collect: false, cancellationToken)).ProcessorSeconds - before;
                if (round > 0)
                {
                    rates.Add(Documents / took);
                    costs.Add(used / Documents * 1_000_000);
                }
            }

            return
            [
                Figure.Note(Name, "documents per second, median", Figure.Text(Median(rates))),
                Figure.Note(Name, "processor time per document, median", Figure.Text(Median(costs), "µs")),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static IEnumerable<TopicDocument> Sent()
    {
        for (int number = 0; number < Documents; number++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"d{number}");
            yield return new TopicDocument(id, id + " the market opened with news about harvest, river trade and the price of oranges");
        }
    }
}
