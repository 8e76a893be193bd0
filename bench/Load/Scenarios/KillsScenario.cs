using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// The server is killed at random times during an upload and restarted on its port; the client is not notified. At the end,
/// the corpus, read from disk, holds exactly the sent documents in order, and a second upload adds none.
/// </summary>
internal sealed class KillsScenario : IScenario
{
    private const string Corpus = "killed";
    private const int Seed = 13;

    // The last kill must happen during the upload.
    private const double LatestKill = 0.95;
    private const int LongestDelayMilliseconds = 15;

    // Small messages, so that there are more boundaries between messages.
    private static readonly IngestOptions Options = new() { ChunkDocuments = 50, ThrowOnRejection = false };

    /// <inheritdoc/>
    public string Name => "kills";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("topicgrpc-kills-").FullName;
        ServerArguments arguments = new(folder, "fast", KeepLoaded: 1);
        ServerChild server = await ServerChild.StartAsync(arguments, cancellationToken);
        try
        {
            // Keep the port, because the client reconnects to it.
            arguments = arguments with { Port = server.Address.Port };
            using TopicGrpcClient client = new(server.Address);
            await client.Corpora.CreateAsync(Corpus, cancellationToken: cancellationToken);
            int documents = context.Plan.KillDocuments;
            AcknowledgedDocuments acknowledged = new();
            long started = Stopwatch.GetTimestamp();
            Task<IngestResult> upload = client.Corpora.IngestAsync(
                Corpus, Sent(documents).ToAsyncEnumerable(), Options, acknowledged, cancellationToken);
            int kills = 0;
            foreach ((long position, TimeSpan delay) in Moments(context.Plan.Kills, documents))
            {
                // Kill after the position, and only after progress since the last kill.
                await Task.WhenAny(acknowledged.ReachAsync(Math.Max(position, acknowledged.Count + 1)), upload);
                await Task.Delay(delay, cancellationToken);
                if (upload.IsCompleted)
                {
                    break;
                }

                server = await KillAndStartAsync(server, arguments, cancellationToken);
                kills++;
            }

            IngestResult result = await upload;
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            server = await KillAndStartAsync(server, arguments, cancellationToken);
            long kept = (await client.Corpora.GetAsync(Corpus, cancellationToken)).DocumentCount;
            DocumentDigest stored = await server.DigestAsync(Corpus, cancellationToken);
            bool isSame = stored == DocumentDigest.Of(Sent(documents).Select(static document => (document.Id, document.Text)));
            IngestResult again = await client.Corpora.IngestAsync(
                Corpus, Sent(documents).ToAsyncEnumerable(), Options, cancellationToken: cancellationToken);
            return
            [
                Figure.AtLeast(
                    Name,
                    string.Create(CultureInfo.InvariantCulture, $"kills during the upload of {documents:N0} documents"),
                    context.Plan.Kills,
                    kills),
                Figure.Note(Name, "duration; reconnects", $"{Figure.Text(took.TotalSeconds, "s")}; {result.Reconnects}"),
                Figure.Zero(Name, "documents rejected, missing or extra", result.Rejected + Math.Abs(documents - kept)),
                Figure.Same(Name, "ids and texts on disk, in order, and those sent", isSame),
                Figure.Zero(Name, "documents of a second upload that are accepted or rejected", again.Accepted + again.Rejected),
            ];
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ServerChild> KillAndStartAsync(
        ServerChild server,
        ServerArguments arguments,
        CancellationToken cancellationToken)
    {
        await server.KillAsync(cancellationToken);
        ServerChild next = await ServerChild.StartAsync(arguments, cancellationToken);
        await server.DisposeAsync();
        return next;
    }

    private static IEnumerable<(long Position, TimeSpan Delay)> Moments(int kills, int documents)
    {
        Random random = new(Seed);
        long[] positions = [.. Enumerable.Range(0, kills).Select(_ => random.NextInt64((long)(LatestKill * documents))).Order()];
        return [.. positions.Select(position => (position, TimeSpan.FromMilliseconds(random.NextDouble() * LongestDelayMilliseconds)))];
    }

    /// <summary>Generates the documents, equal on every enumeration: about a dozen words each, some of them non-ASCII.</summary>
    private static IEnumerable<TopicDocument> Sent(int documents)
    {
        string[] words = ["rocket", "orbit", "goalie", "puck", "élection", "Straße", "naïve", "天気", "market", "harvest", "river", "Ωmega"];
        Random random = new(Seed);
        for (int number = 0; number < documents; number++)
        {
            string text = string.Join(' ', random.GetItems(words, random.Next(4, 20)));
            yield return new TopicDocument(
                string.Create(CultureInfo.InvariantCulture, $"k{number}"), string.Create(CultureInfo.InvariantCulture, $"{number} {text}"));
        }
    }
}
