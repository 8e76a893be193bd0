using System.Diagnostics;
using System.Runtime.CompilerServices;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Load.Reports;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Load.Clusters;

/// <summary>An upload of documents that takes a given time, and the check that every member has each of them once.</summary>
internal sealed class PacedDocuments(int count, TimeSpan duration)
{
    private const string Corpus = "log";
    private const int Chunk = 20;
    private const int Themes = 5000;

    private static readonly IngestOptions Options = new() { ChunkDocuments = Chunk, ThrowOnRejection = false };

    /// <summary>Creates the corpus and uploads the documents at an even pace.</summary>
    public async Task<IngestResult> UploadAsync(TopicGrpcClient client, CancellationToken cancellationToken)
    {
        await client.Corpora.CreateAsync(Corpus, cancellationToken: cancellationToken);
        return await client.Corpora.IngestAsync(Corpus, PacedAsync(cancellationToken), Options, cancellationToken: cancellationToken);
    }

    /// <summary>Compares what the members have with what was sent.</summary>
    public async Task<IReadOnlyList<Figure>> CheckAsync(
        string scenario, LoadCluster cluster, IngestResult result, CancellationToken cancellationToken)
    {
        long wrong = 0;
        byte[]? first = null;
        bool isSame = true;
        foreach (MemberProcess member in cluster.Members)
        {
            using TopicGrpcClient client = new(member.Address);
            wrong += Math.Abs((await client.Corpora.GetAsync(Corpus, cancellationToken)).DocumentCount - count);

            // An estimate reads the corpus, so the local copy of the member is complete after it.
            FitEstimate estimate = await client.Fits.EstimateAsync(Corpus, LoadCluster.Settings(), cancellationToken);
            wrong += Math.Abs(estimate.DocumentCount - count);
            byte[] copy = await File.ReadAllBytesAsync(
                Path.Combine(member.Folder, "corpora", Corpus, "documents.log"), cancellationToken);
            first ??= copy;
            isSame &= copy.AsSpan().SequenceEqual(first);
        }

        TopicGrpcClient again = cluster.Client();
        IngestResult second = await again.Corpora.IngestAsync(
            Corpus, Enumerable.Range(0, count).Select(Document).ToAsyncEnumerable(), Options, cancellationToken: cancellationToken);
        return
        [
            Figure.Note(scenario, "documents uploaded; connections of the upload", $"{result.Documents}; {result.Reconnects + 1}"),
            Figure.Zero(scenario, "documents missing, extra or rejected, over all members", wrong + result.Rejected),
            Figure.Zero(scenario, "documents of a second upload that are accepted or rejected", second.Accepted + second.Rejected),
            Figure.Same(scenario, "bytes of the documents at all members", isSame),
        ];
    }

    private static TopicDocument Document(int index) => new(
        FormattableString.Invariant($"d{index:000000}"), FormattableString.Invariant($"{ThemedTexts.Text(index % Themes)} {index}"));

    private async IAsyncEnumerable<TopicDocument> PacedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        for (int index = 0; index < count; index++)
        {
            TimeSpan wait = index % Chunk == 0 ? (duration * index / count) - Stopwatch.GetElapsedTime(started) : TimeSpan.Zero;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellationToken);
            }

            yield return Document(index);
        }
    }
}
